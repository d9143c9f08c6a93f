/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "qemu/osdep.h"
#include "block/aio.h"
#include "qemu/main-loop.h"
#include "ui/console.h"
#include "hw/phonebooth/display_host.h"
#include "machine/scanout.h"

#define FRAME_MS 16u /* who looks as often as this wants each frame as soon as it is drawn */

static DisplayChangeListener listener;
static struct screen *screen;
static unsigned interval_ms;
static DisplaySurface *surface;

/* All below runs in the machine's main loop with its lock held. */
static void copy(struct rect part)
{
    struct rect all = {0, 0, surface_width(surface), surface_height(surface)};
    struct shadow *shadow = &screen->shadow;
    pixman_image_t *target;

    part = rect_intersect(part, all);
    if (part.w == 0 || part.h == 0) {
        return;
    }
    g_mutex_lock(&shadow->lock);
    target = pixman_image_create_bits(PIXMAN_x8r8g8b8, shadow->width, shadow->height,
                                      shadow->pixels, shadow->width * 4);
    pixman_image_composite(PIXMAN_OP_SRC, surface->image, NULL, target, part.x, part.y, 0, 0,
                           part.x, part.y, part.w, part.h);
    pixman_image_unref(target);
    shadow->updates++;
    g_mutex_unlock(&shadow->lock);
    screen_changed(screen, part);
}

/* Sinks come and go; how often the screen is composed follows them. */
static void follow_sinks(DisplayChangeListener *dcl)
{
    unsigned wanted = screen_refresh_ms(screen);

    if (wanted != interval_ms) {
        interval_ms = wanted;
        update_displaychangelistener(dcl, interval_ms);
    }
}

static void refresh(DisplayChangeListener *dcl)
{
    follow_sinks(dcl);
    graphic_hw_update(dcl->con);
}

static bool drawn; /* refresh_drawn() is on its way */

static void refresh_drawn(void *opaque)
{
    drawn = false;
    refresh(&listener);
}

/* QEMU's timer alone would show a frame half an interval later on average. */
static void on_drawn(void)
{
    if (!drawn && interval_ms <= FRAME_MS) {
        drawn = true;
        aio_bh_schedule_oneshot(iohandler_get_aio_context(), refresh_drawn, NULL);
    }
}

static void gfx_update(DisplayChangeListener *dcl, int x, int y, int w, int h)
{
    if (surface) {
        copy((struct rect){x, y, w, h});
    }
}

static void gfx_switch(DisplayChangeListener *dcl, DisplaySurface *next)
{
    surface = next;
    if (surface) {
        shadow_resize(&screen->shadow, surface_width(surface), surface_height(surface));
        copy((struct rect){0, 0, surface_width(surface), surface_height(surface)});
    }
}

static const DisplayChangeListenerOps screen_ops = {
    .dpy_name = "phonebooth",
    .dpy_refresh = refresh,
    .dpy_gfx_update = gfx_update,
    .dpy_gfx_switch = gfx_switch,
};

void scanout_attach(struct screen *target)
{
    QemuConsole *con = qemu_console_lookup_by_index(0);

    if (!con || !qemu_console_is_graphic(con)) {
        return;
    }
    screen = target;
    listener.con = con;
    listener.ops = &screen_ops;
    register_displaychangelistener(&listener);
    follow_sinks(&listener);
    display_host_listen(on_drawn);
}

struct refresh_request {
    machine_fn *done;
    void *opaque;
};

static void refresh_bh(void *opaque)
{
    g_autofree struct refresh_request *request = opaque;

    if (listener.con) {
        refresh(&listener);
    }
    request->done(request->opaque);
}

void scanout_refresh(machine_fn *done, void *opaque)
{
    struct refresh_request *request = g_new(struct refresh_request, 1);

    *request = (struct refresh_request){done, opaque};
    machine_call(refresh_bh, request);
}
