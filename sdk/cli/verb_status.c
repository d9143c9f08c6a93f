/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth status */
#include "command.h"
#include "output.h"
#include "print.h"

static void print_vm(JsonObject *vm)
{
    const char *reason = print_text_of(vm, "reason", NULL);

    output_printf("%2d %c %-12s %-9s %-8s %3d %%  share=%-5s %s%s%s%s\n",
                  (int)json_object_get_int_member_with_default(vm, "id", -1),
                  json_object_get_boolean_member_with_default(vm, "front", FALSE) ? '*' : ' ',
                  print_text_of(vm, "name", "?"), print_text_of(vm, "kind", "?"),
                  print_text_of(vm, "state", "?"),
                  (int)json_object_get_int_member_with_default(vm, "progress", 0),
                  print_text_of(vm, "share", "-"), print_text_of(vm, "stage", ""),
                  reason ? " (" : "", reason ? reason : "", reason ? ")" : "");
}

void cli_print_status(JsonObject *reply)
{
    output_printf("%s: %s, %s; view %s, display %s, up %.0f s\n",
                  print_text_of(reply, "name", "phone"), print_text_of(reply, "machine", "?"),
                  print_text_of(reply, "headline", ""), print_text_of(reply, "view", "single"),
                  json_object_get_boolean_member_with_default(reply, "display", FALSE) ? "on"
                                                                                       : "off",
                  json_object_get_double_member_with_default(reply, "uptime_s", 0));
    if (print_text_of(reply, "trouble", NULL)) {
        output_printf("trouble: %s\n", print_text_of(reply, "trouble", NULL));
    }
    if (json_object_get_int_member_with_default(reply, "restarts", 0) > 0) {
        output_printf("the switchboard has faulted and started again, %d time(s): `booth console "
                      "switchboard` says why\n",
                      (int)json_object_get_int_member(reply, "restarts"));
    }
    print_each(reply, "vms", print_vm);
}
