/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* libFuzzer target: an app.ini that anybody wrote, and what a hostile adbd sends. */
#include <stdlib.h>
#include <string.h>

#include "sdk/adb/frames.h"
#include "sdk/adb/packet.h"
#include "sdk/app/manifest.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

static void must(gboolean ok)
{
    if (!ok) {
        abort();
    }
}

/* What is accepted goes to a phone: it has to be accepted again there, and be the same. */
static void try_manifest(const guint8 *data, gsize size)
{
    g_autofree char *text = g_strndup((const char *)data, size);
    g_autoptr(GError) error = NULL;
    g_autoptr(manifest) first = manifest_parse(text, strlen(text), "app.ini", &error);

    if (first == NULL) {
        must(error != NULL && strchr(error->message, '\n') == NULL);
        return;
    }
    g_autofree char *written = manifest_text(first);
    g_autofree char *entry = manifest_desktop_entry(first, NULL);
    g_autoptr(manifest) second = manifest_parse(written, strlen(written), "app.ini", NULL);
    must(entry != NULL && second != NULL && strcmp(first->name, second->name) == 0);
}

static gboolean count(gpointer data, enum adb_stream stream, const void *bytes, gsize length,
                      GError **error G_GNUC_UNUSED)
{
    gsize *most = data;

    must(bytes != NULL && length <= *most && (stream == ADB_OUT || stream == ADB_ERR));
    *most -= length;
    return TRUE;
}

static void try_packets(const guint8 *data, gsize size)
{
    gsize most = size;
    const struct adb_command command = {.output = count, .data = &most};
    struct frames frames = {.status = -1};
    struct packet packet;
    gssize now;

    while ((now = packet_read(data, size, &packet)) > 0) {
        must((gsize)now <= size && packet.length <= PACKET_DATA);
        must(frames_read(&frames, packet.data, packet.length, &command, NULL));
        must(frames.status <= 255);
        data += now;
        size -= (gsize)now;
    }
    must(frames_read(&frames, data, size, &command, NULL));
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    try_manifest(data, size);
    try_packets(data, size);
    return 0;
}
