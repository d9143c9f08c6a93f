/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth battery */
#include "command.h"
#include "print.h"

static gboolean is_given(const struct parsed *parsed, const char *option)
{
    return json_object_get_boolean_member_with_default(parsed->own, option, FALSE);
}

int cli_battery(const struct cli *cli, const struct command *command, const struct parsed *parsed)
{
    const gboolean charging = is_given(parsed, "charging");
    g_autoptr(JsonObject) reply = NULL;

    if (charging && is_given(parsed, "discharging")) {
        return cli_usage(command->name, "--charging and --discharging exclude each other");
    }
    if (charging || is_given(parsed, "discharging")) {
        json_object_set_boolean_member(parsed->request, "charger", charging);
    }
    int code = cli_call(cli, parsed->request, &reply);
    if (code != EXIT_DONE) {
        return code;
    }
    if (cli->json) {
        print_json(reply);
    } else {
        print_template("{level} %, {state}, {current_ma} mA, {voltage_mv} mV, {remaining_mah} mAh, "
                       "{temperature_c:1} degrees Celsius, speed {speed}",
                       reply);
    }
    return EXIT_DONE;
}
