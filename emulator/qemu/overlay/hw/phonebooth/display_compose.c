/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Display engine: the picture, docs/board/display-engine.md, "Composition".
 */
#include "qemu/osdep.h"
#include "exec/memory.h"
#include "display_engine.h"

static pixman_color_t black(uint8_t alpha)
{
    return (pixman_color_t){0, 0, 0, alpha * 0x101};
}

static void fill(pixman_image_t *to, pixman_op_t op, pixman_color_t colour,
                 const pixman_region32_t *region)
{
    int n;
    pixman_box32_t *boxes = pixman_region32_rectangles((pixman_region32_t *)region, &n);

    pixman_image_fill_boxes(op, to, &colour, n, boxes);
}

static pixman_image_t *plane_image(const DisplayPlane *p)
{
    uint8_t *pixels = (uint8_t *)memory_region_get_ram_ptr(p->mr) + p->offset;
    pixman_image_t *image = pixman_image_create_bits_no_clear(
        p->format, p->src_width, p->src_height, (uint32_t *)pixels, p->stride);

    if (image && p->scaled) {
        pixman_transform_t scale;

        pixman_transform_init_scale(
            &scale, (pixman_fixed_t)(((int64_t)p->src_width << 16) / (p->dst.x2 - p->dst.x1)),
            (pixman_fixed_t)(((int64_t)p->src_height << 16) / (p->dst.y2 - p->dst.y1)));
        pixman_image_set_transform(image, &scale);
        pixman_image_set_filter(image, PIXMAN_FILTER_BILINEAR, NULL, 0);
        pixman_image_set_repeat(image, PIXMAN_REPEAT_PAD);
    }
    return image;
}

static void draw_plane(const DisplayPlane *p, pixman_image_t *to, pixman_region32_t *clip)
{
    pixman_color_t alpha = black(p->alpha);
    pixman_image_t *from = plane_image(p);
    pixman_image_t *mask = p->alpha == UINT8_MAX ? NULL : pixman_image_create_solid_fill(&alpha);

    if (from) {
        pixman_image_set_clip_region32(to, clip);
        pixman_image_composite32(p->opaque ? PIXMAN_OP_SRC : PIXMAN_OP_OVER, from, mask, to, 0, 0,
                                 0, 0, p->dst.x1, p->dst.y1, p->dst.x2 - p->dst.x1,
                                 p->dst.y2 - p->dst.y1);
        pixman_image_set_clip_region32(to, NULL);
        pixman_image_unref(from);
    }
    if (mask) {
        pixman_image_unref(mask);
    }
}

/*
 * From the top plane down, cuts out of @damage what each one shows; what
 * remains of @damage is not covered by an opaque plane.
 */
static void find_visible(const DisplayPlane planes[DISPLAY_PLANES], pixman_region32_t *damage,
                         pixman_region32_t visible[DISPLAY_PLANES])
{
    for (int i = DISPLAY_PLANES - 1; i >= 0; i--) {
        const DisplayPlane *p = &planes[i];

        pixman_region32_init(&visible[i]);
        if (!p->visible) {
            continue;
        }
        pixman_region32_intersect_rect(&visible[i], damage, p->dst.x1, p->dst.y1,
                                       p->dst.x2 - p->dst.x1, p->dst.y2 - p->dst.y1);
        if (p->opaque) {
            pixman_region32_subtract(damage, damage, &visible[i]);
        }
    }
}

static void compose_planes(DisplayEngineState *s, pixman_image_t *to,
                           const pixman_region32_t *damage)
{
    pixman_color_t background = {
        .red = extract32(s->background, 16, 8) * 0x101,
        .green = extract32(s->background, 8, 8) * 0x101,
        .blue = extract32(s->background, 0, 8) * 0x101,
        .alpha = UINT16_MAX,
    };
    pixman_region32_t visible[DISPLAY_PLANES], rest;

    pixman_region32_init(&rest);
    pixman_region32_copy(&rest, (pixman_region32_t *)damage);
    find_visible(s->plane, &rest, visible);
    fill(to, PIXMAN_OP_SRC, background, &rest);
    pixman_region32_fini(&rest);
    for (int i = 0; i < DISPLAY_PLANES; i++) {
        if (pixman_region32_not_empty(&visible[i])) {
            draw_plane(&s->plane[i], to, &visible[i]);
        }
        pixman_region32_fini(&visible[i]);
    }
}

void display_compose(DisplayEngineState *s, pixman_image_t *to, pixman_region32_t *damage)
{
    const unsigned light = display_light(s);

    if (!(s->ctrl & DISPLAY_CTRL_SCANOUT) || light == 0) {
        fill(to, PIXMAN_OP_SRC, black(UINT8_MAX), damage);
        return;
    }
    compose_planes(s, to, damage);
    if (light < DISPLAY_BACKLIGHT_MAX) {
        fill(to, PIXMAN_OP_OVER, black(DISPLAY_BACKLIGHT_MAX - light), damage);
    }
}
