/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* libFuzzer target: a GPX or KML file, and what the board is given of it. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "phone/track.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) points = track_parse((const char *)data, size, &error);
    g_autofree char *route = NULL;

    if (!points != !!error || (error && strchr(error->message, '\n'))) {
        abort();
    }
    if (points) {
        route = track_route(points, size % 2 ? 3 : 0, &error);
        if (!route != !!error || points->len > TRACK_POINTS) {
            abort();
        }
    }
    return 0;
}
