/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What the window needs: somebody who shows it, and somebody who plays. */
#include <stdlib.h>
#include <string.h>

#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>

#include "findings.h"

static gboolean answers(const char *path, GUnixSocketAddressType type)
{
    g_autoptr(GSocketClient) client = g_socket_client_new();
    g_autoptr(GSocketAddress) address = g_unix_socket_address_new_with_type(path, -1, type);
    g_autoptr(GSocketConnection) connection =
        g_socket_client_connect(client, G_SOCKET_CONNECTABLE(address), NULL, NULL);

    return connection != NULL;
}

/* ":0" and ":0.0" are this computer's; others are taken at their word. */
static gboolean x_answers(const char *display)
{
    g_autofree char *path = NULL;

    if (display[0] != ':') {
        return TRUE;
    }
    path = g_strdup_printf("/tmp/.X11-unix/X%d", atoi(display + 1));
    return answers(path, G_UNIX_SOCKET_ADDRESS_PATH) ||
           answers(path, G_UNIX_SOCKET_ADDRESS_ABSTRACT);
}

static gboolean wayland_answers(const char *display)
{
    const char *runtime = g_getenv("XDG_RUNTIME_DIR");
    g_autofree char *path = g_path_is_absolute(display)
                                ? g_strdup(display)
                                : g_build_filename(runtime ? runtime : "/", display, NULL);

    return answers(path, G_UNIX_SOCKET_ADDRESS_PATH);
}

void doctor_screen(GPtrArray *findings)
{
    const char *wayland = g_getenv("WAYLAND_DISPLAY"), *x = g_getenv("DISPLAY");

    if (wayland && *wayland && wayland_answers(wayland)) {
        doctor_add(findings, "display", DOCTOR_OK, NULL, "Wayland, %s", wayland);
    } else if (x && *x && x_answers(x)) {
        doctor_add(findings, "display", DOCTOR_OK, NULL, "X11, %s", x);
    } else if ((wayland && *wayland) || (x && *x)) {
        doctor_add(findings, "display", DOCTOR_PROBLEM,
                   "set DISPLAY or WAYLAND_DISPLAY to one that runs, or unset them",
                   "nobody answers at %s", wayland && *wayland ? wayland : x);
    } else {
        doctor_add(findings, "display", DOCTOR_NOTE,
                   "start it from a desktop session, or with 'booth run --headless'",
                   "none: DISPLAY and WAYLAND_DISPLAY are not set");
    }
}

/* A sound card that can play. */
static gboolean has_card(void)
{
    g_autoptr(GDir) dir = g_dir_open("/dev/snd", 0, NULL);
    const char *name;

    while (dir && (name = g_dir_read_name(dir))) {
        if (g_str_has_prefix(name, "pcm") && g_str_has_suffix(name, "p")) {
            return TRUE;
        }
    }
    return FALSE;
}

void doctor_sound(GPtrArray *findings)
{
    static const char *const servers[] = {"pulse/native", "pipewire-0"};
    const char *runtime = g_getenv("XDG_RUNTIME_DIR");

    for (gsize i = 0; runtime && i < G_N_ELEMENTS(servers); i++) {
        g_autofree char *path = g_build_filename(runtime, servers[i], NULL);
        if (answers(path, G_UNIX_SOCKET_ADDRESS_PATH)) {
            doctor_add(findings, "sound", DOCTOR_OK, NULL, "a sound server, %s", path);
            return;
        }
    }
    if (has_card()) {
        doctor_add(findings, "sound", DOCTOR_OK, NULL, "a sound card");
    } else {
        doctor_add(findings, "sound", DOCTOR_NOTE,
                   "'booth audio record' keeps what a phone plays in a file",
                   "neither a sound server nor a sound card: phones are not heard here");
    }
}
