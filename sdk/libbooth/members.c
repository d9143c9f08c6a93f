/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "members.h"

JsonObject *copy_of(JsonObject *members)
{
    JsonObject *copy = json_object_new();
    g_autoptr(GList) names = members ? json_object_get_members(members) : NULL;

    for (GList *name = names; name != NULL; name = name->next) {
        json_object_set_member(copy, name->data, json_object_dup_member(members, name->data));
    }
    return copy;
}

JsonArray *array_of(const char *const *strings)
{
    JsonArray *array = json_array_new();

    for (; strings != NULL && *strings != NULL; strings++) {
        json_array_add_string_element(array, *strings);
    }
    return array;
}
