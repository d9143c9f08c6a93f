/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the host lets the cameras see, and how that is described. Machine's thread. */
#ifndef CONTROL_CAMERAS_H
#define CONTROL_CAMERAS_H

#include <json-glib/json-glib.h>
#include <stdbool.h>

#include "machine/camera.h"
#include "phone/scene.h"

enum camera_source { CAMERA_SOURCE_PATTERN, CAMERA_SOURCE_OFF, CAMERA_SOURCE_FILE };

/* What a camera sees from now on: scene, which is taken over (NULL with PATTERN); file: its name
 * with FILE. */
void cameras_set(enum camera_id camera, enum camera_source source, struct scene *scene,
                 const char *file);

/* `cameras` as in the reply of the verb `camera`; NULL: the board has none. Scenes that nobody
 * looks at rest. */
JsonObject *cameras_describe(void);

#endif
