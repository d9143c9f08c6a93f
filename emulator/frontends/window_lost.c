/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Xlib ends the process when its server goes away, unless there is another error handler, which
 * returns, and the display has another exit handler, which returns too (XSetIOErrorHandler(3)).
 * SDL sets neither, and opens Xlib instead of linking it.
 */
#include <SDL_syswm.h>
#include <dlfcn.h>

#include "frontends/window.h"

#ifdef SDL_VIDEO_DRIVER_X11

typedef XIOErrorHandler set_handler_fn(XIOErrorHandler handler);
typedef void set_exit_handler_fn(Display *display, XIOErrorExitHandler handler, void *data);

/* Xlib's own prints a line of its own and ends the process. */
static int on_error(Display *display G_GNUC_UNUSED)
{
    return 0;
}

static void on_server_gone(Display *display G_GNUC_UNUSED, void *opaque)
{
    struct window *window = opaque;

    window->lost = true;
    window_wake(window); /* SDL waits for an event that cannot come from the server any more */
}

void window_watch_display(struct window *window)
{
    SDL_SysWMinfo info;
    set_handler_fn *set_handler;
    set_exit_handler_fn *set_exit_handler;
    void *xlib = dlopen("libX11.so.6", RTLD_NOW | RTLD_NOLOAD);

    SDL_VERSION(&info.version);
    if (!xlib || !SDL_GetWindowWMInfo(window->window, &info) || info.subsystem != SDL_SYSWM_X11) {
        return;
    }
    *(void **)&set_handler = dlsym(xlib, "XSetIOErrorHandler");
    *(void **)&set_exit_handler = dlsym(xlib, "XSetIOErrorExitHandler");
    if (set_handler && set_exit_handler) {
        set_exit_handler(info.info.x11.display, on_server_gone, window);
        set_handler(on_error);
    }
}

#else

void window_watch_display(struct window *window G_GNUC_UNUSED)
{
}

#endif
