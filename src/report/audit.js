'use strict';
(() => {
  const theme = document.getElementById('theme');
  theme.hidden = false;
  theme.addEventListener('click', () => {
    const root = document.documentElement;
    const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
    root.dataset.theme = (root.dataset.theme || system) === 'dark' ? 'light' : 'dark';
  });

  // What is missing stands last in either direction; equal values keep their order.
  const compare = (a, b, sign) => {
    if (a === '' || b === '') return (a === '') - (b === '');
    const [x, y] = [Number(a), Number(b)];
    return sign * (Number.isFinite(x) && Number.isFinite(y) ? x - y : a.localeCompare(b));
  };
  const rearrange = (parent, items, value, sign) => {
    const keyed = [...items].map((item) => [value(item), item]);
    keyed.sort((a, b) => compare(a[0], b[0], sign));
    parent.append(...keyed.map((pair) => pair[1]));
  };

  for (const table of document.querySelectorAll('table.sortable')) {
    const body = table.tBodies[0];
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.append(...head.childNodes);
      head.append(button);
      const value = (row) => row.cells[column].dataset.value ?? row.cells[column].textContent;
      button.addEventListener('click', () => {
        // Numbers begin with the highest, names with the first.
        const first = head.classList.contains('number') ? 'descending' : 'ascending';
        const other = first === 'ascending' ? 'descending' : 'ascending';
        const order = head.getAttribute('aria-sort') === first ? other : first;
        heads.forEach((one) => one.removeAttribute('aria-sort'));
        head.setAttribute('aria-sort', order);
        rearrange(body, body.rows, value, order === 'ascending' ? 1 : -1);
      });
    });
  }

  for (const tools of document.querySelectorAll('.tools')) {
    tools.hidden = false;
    const list = document.getElementById(tools.dataset.of);
    const items = [...list.children];
    const words = new Map(items.map((item) => [item, item.textContent.toLowerCase()]));
    const [text, group, order] = ['text', 'group', 'order'].map((name) => tools.querySelector(`[name=${name}]`));
    const output = tools.querySelector('output');
    const filter = () => {
      const wanted = text.value.trim().toLowerCase().split(/\s+/);
      let shown = 0;
      for (const item of items) {
        const fits = (group.value === '' || item.dataset.group === group.value)
          && wanted.every((word) => words.get(item).includes(word));
        item.hidden = !fits;
        shown += fits;
      }
      output.textContent = `${shown} / ${items.length}`;
    };
    text.addEventListener('input', filter);
    group.addEventListener('change', filter);
    order?.addEventListener('change', () => {
      const [name, direction] = order.value.split(' ');
      rearrange(list, items, (item) => item.dataset[name], direction === 'up' ? 1 : -1);
    });
    filter();
  }

  // A link into the list shows what the filter hides.
  const reveal = () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (target) target.hidden = false;
  };
  addEventListener('hashchange', reveal);
  reveal();
})();
