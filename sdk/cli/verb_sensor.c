/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth sensor */
#include "command.h"
#include "output.h"
#include "print.h"

static void print_sensor(JsonObject *sensor)
{
    JsonArray *values = json_object_has_member(sensor, "values")
                            ? json_object_get_array_member(sensor, "values")
                            : NULL;

    output_printf("%-14s", print_text_of(sensor, "name", "?"));
    for (guint i = 0; values != NULL && i < json_array_get_length(values); i++) {
        output_printf(" %9.2f", json_array_get_double_element(values, i));
    }
    output_printf(" %s\n", print_text_of(sensor, "unit", ""));
}

void cli_print_sensors(JsonObject *reply)
{
    print_each(reply, "sensors", print_sensor);
}
