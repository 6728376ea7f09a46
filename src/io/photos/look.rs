//! How a photo looks, and a hash that near-identical photos share.

use image::DynamicImage;

/// How a photo looks, scaled to 512 pixels on its long side where it is larger.
pub(super) struct Look {
    pub sharpness: f64,
    pub exposure: f64,
    pub clipped: f64,
    pub saturation: f64,
}

impl Look {
    pub fn of(photo: &DynamicImage) -> Look {
        const SIDE: u32 = 512;
        let large = photo.width().max(photo.height()) > SIDE;
        let scaled = if large {
            photo.thumbnail(SIDE, SIDE).to_rgb8()
        } else {
            photo.to_rgb8()
        };
        let (width, height) = (scaled.width() as usize, scaled.height() as usize);
        let count = (width * height).max(1) as f64;
        let (mut clipped, mut saturation) = (0u32, 0.0);
        let luminance: Vec<f64> = scaled
            .pixels()
            .map(|pixel| {
                let [r, g, b] = pixel.0.map(f64::from);
                let (highest, lowest) = (r.max(g).max(b), r.min(g).min(b));
                saturation += if highest > 0.0 {
                    (highest - lowest) / highest
                } else {
                    0.0
                };
                let luminance = 0.2126 * r + 0.7152 * g + 0.0722 * b;
                clipped += u32::from(!(2.0..=253.0).contains(&luminance));
                luminance
            })
            .collect();
        let exposure = luminance.iter().sum::<f64>() / count / 255.0;
        Look {
            sharpness: laplacian_variance(&luminance, width, height),
            exposure,
            clipped: f64::from(clipped) / count,
            saturation: saturation / count,
        }
    }
}

/// Variance of the four-neighbour Laplacian; 0 where the photo has no inner pixel.
fn laplacian_variance(luminance: &[f64], width: usize, height: usize) -> f64 {
    let (mut sum, mut squares, mut count) = (0.0, 0.0, 0.0);
    for y in 1..height.saturating_sub(1) {
        for x in 1..width.saturating_sub(1) {
            let at = y * width + x;
            let value = luminance[at - 1] + luminance[at + 1] + luminance[at - width] + luminance[at + width]
                - 4.0 * luminance[at];
            sum += value;
            squares += value * value;
            count += 1.0;
        }
    }
    if count == 0.0 {
        0.0
    } else {
        (squares / count - (sum / count) * (sum / count)).max(0.0)
    }
}

/// Difference hash: the photo as 9 x 8 grey values, one bit for every value that is lower than its right neighbour.
pub(super) fn difference_hash(photo: &DynamicImage) -> u64 {
    let small = image::imageops::thumbnail(&photo.to_luma8(), 9, 8);
    let mut hash = 0;
    for y in 0..8 {
        for x in 0..8 {
            hash = hash << 1 | u64::from(small.get_pixel(x, y).0[0] < small.get_pixel(x + 1, y).0[0]);
        }
    }
    hash
}
