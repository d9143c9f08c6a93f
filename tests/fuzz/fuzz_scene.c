/* SPDX-License-Identifier: GPL-2.0-or-later */
/* libFuzzer target: the input is a video that somebody lets a camera see, YUV4MPEG2 without its
 * first word. */
#define _GNU_SOURCE
#include <glib.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "phone/scene_private.h"

#define MAGIC "YUV4MPEG2 "

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static uint8_t pixels[YUY2_BYTES];
    static const int64_t when[] = {0, 40000000, 1000000000, INT64_MAX};
    const int file = memfd_create("video", 0);
    g_autofree char *path = g_strdup_printf("/proc/self/fd/%d", file);
    g_autoptr(GError) error = NULL;
    struct scene *scene;

    if (write(file, MAGIC, strlen(MAGIC)) < 0 || write(file, data, size) < 0) {
        abort();
    }
    scene = scene_open(path, &error);
    if (!scene == !error) {
        abort();
    }
    for (unsigned i = 0; scene && i < G_N_ELEMENTS(when); i++) {
        scene_fill(scene, pixels, i & 1 ? 320 : 640, i & 1 ? 240 : 480, when[i]);
    }
    scene_free(scene);
    close(file);
    return 0;
}
