/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "machine/counts.h"

#define CPUS 4 /* of the board */

static void add_levels(JsonObject *body, const struct elcount *count)
{
    JsonObject *instructions = json_object_new();
    guint64 total = 0;

    for (unsigned level = 0; level < ELCOUNT_LEVELS; level++) {
        g_autofree char *name = g_strdup_printf("el%u", level);
        json_object_set_int_member(instructions, name, (gint64)count->instructions[level]);
        total += count->instructions[level];
    }
    json_object_set_int_member(instructions, "total", (gint64)total);
    json_object_set_object_member(body, "instructions", instructions);
}

/* Those that are not 0, by the class's name. */
static void add_classes(JsonObject *body, const char *member, const uint64_t *numbers)
{
    JsonObject *object = json_object_new();

    for (unsigned i = 0; i < ELCOUNT_CLASSES; i++) {
        if (numbers[i] > 0) {
            json_object_set_int_member(object, elcount_class_name(i), (gint64)numbers[i]);
        }
    }
    json_object_set_object_member(body, member, object);
}

/* By CPU. */
static JsonArray *waits(const struct elcount *count)
{
    JsonArray *array = json_array_new();

    for (unsigned cpu = 0; cpu < CPUS; cpu++) {
        const struct elcount_wait *wait = &count->wait[cpu];
        JsonObject *object = json_object_new();
        json_object_set_int_member(object, "exceptions", (gint64)count->entries[cpu]);
        json_object_set_int_member(object, "count", (gint64)wait->count);
        json_object_set_int_member(object, "p999", (gint64)wait->p999);
        json_object_set_int_member(object, "max", (gint64)wait->max);
        json_array_add_object_element(array, object);
    }
    return array;
}

void counts_add(JsonObject *body, const struct elcount *count)
{
    if (!count->on) {
        json_object_set_null_member(body, "instructions");
        json_object_set_null_member(body, "exceptions");
        json_object_set_null_member(body, "el2_instructions");
        json_object_set_null_member(body, "el2_longest");
        return;
    }
    add_levels(body, count);
    add_classes(body, "exceptions", count->exceptions);
    add_classes(body, "el2_instructions", count->el2);
    add_classes(body, "el2_longest", count->longest);
    json_object_set_int_member(body, "el2_boot", (gint64)count->boot);
    json_object_set_array_member(body, "el2_waits", waits(count));
}
