/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "factory.h"

#include "../handset/reset.h"
#include "cli.h"
#include "emulator.h"
#include "print.h"

/* The snapshot `clean` can be gone on from now. */
static gboolean has_clean(const char *dir)
{
    g_autoptr(JsonObject) request = cli_request("snapshot");
    JsonArray *snapshots;

    json_object_set_string_member(request, "action", "show");
    json_object_set_string_member(request, "name", "clean");
    g_autoptr(JsonObject) reply = emulator_answer(dir, request, NULL);
    snapshots = reply && json_object_has_member(reply, "snapshots")
                    ? json_object_get_array_member(reply, "snapshots")
                    : NULL;
    return snapshots && json_array_get_length(snapshots) == 1 &&
           json_object_get_boolean_member_with_default(json_array_get_object_element(snapshots, 0),
                                                       "fits", FALSE);
}

gboolean factory_reset(const char *dir, GError **error)
{
    return reset_all(dir, has_clean(dir), error);
}
