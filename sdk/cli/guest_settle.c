/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <string.h>

#include "guest.h"
#include "say.h"

enum {
    YOUNG_SECONDS = 180, /* a phone that runs for longer has settled */
    WAIT_SECONDS = 120,
};

/* Of sample-guests/phone, in images that have this program still: it is at work, or waits for its
 * turn. */
#define IS_BUSY                                    \
    "[ ! -e /usr/lib/phonebooth/renew-leases ] ||" \
    " systemctl is-active phonebooth-copy.service || :"

static gboolean quiet(gpointer data, enum adb_stream stream, const void *bytes, gsize length,
                      GError **error G_GNUC_UNUSED)
{
    if (stream == ADB_OUT) {
        g_string_append_len(data, bytes, (gssize)MIN(length, 100));
    }
    return TRUE;
}

/* A connection that is cut meanwhile says the same. */
static gboolean is_settled(struct guest *guest)
{
    g_autoptr(GString) text = g_string_new(NULL);
    const struct adb_command command = {
        .line = IS_BUSY, .input = -1, .silence = 20, .output = quiet, .data = text};

    return guest->uptime_s > YOUNG_SECONDS ||
           (adb_run(guest->adb, &command, NULL) == 0 && !g_str_has_prefix(text->str, "activating"));
}

int guest_open_settled(const struct cli *cli, const char *vm, struct guest **guest)
{
    gint64 end = g_get_monotonic_time() + (gint64)WAIT_SECONDS * G_USEC_PER_SEC;
    gboolean said = FALSE;
    int code;

    while ((code = guest_open(cli, vm, guest)) == EXIT_DONE && !is_settled(*guest)) {
        if (!said) {
            say("%s: waiting until it has renewed its network addresses", (*guest)->vm);
        }
        said = TRUE;
        g_clear_pointer(guest, guest_free);
        if (g_get_monotonic_time() > end) {
            say("it has not done so within %d s", WAIT_SECONDS);
            return EXIT_TIMEOUT;
        }
        g_usleep(G_USEC_PER_SEC);
    }
    return code;
}
