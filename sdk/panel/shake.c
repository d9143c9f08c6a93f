/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "shake.h"

#include <math.h>

#define STEP_MS 40 /* as long as a sensor's interval, or longer */
#define STEPS   25
#define HZ      4.0  /* to and fro */
#define PULL    22.0 /* m/s2 */

void shake_init(struct shake *shake, void (*pulled)(gpointer data, struct vector by), gpointer data)
{
    *shake = (struct shake){pulled, data, 0, 0};
}

static gboolean on_step(gpointer data)
{
    struct shake *shake = data;
    double pull;

    if (++shake->step > STEPS) {
        shake->timer = 0;
        shake->pulled(shake->data, (struct vector){0, 0, 0});
        return G_SOURCE_REMOVE;
    }
    pull = PULL * sin(2 * G_PI * HZ * shake->step * STEP_MS / 1000);
    shake->pulled(shake->data, (struct vector){pull, pull / 3, pull / 4});
    return G_SOURCE_CONTINUE;
}

void shake_start(struct shake *shake)
{
    shake->step = 0;
    if (shake->timer == 0) {
        shake->timer = g_timeout_add(STEP_MS, on_step, shake);
    }
}

void shake_stop(struct shake *shake)
{
    if (shake->timer != 0) {
        g_source_remove(shake->timer);
        shake->timer = 0;
    }
}

gboolean shake_runs(const struct shake *shake)
{
    return shake->timer != 0;
}
