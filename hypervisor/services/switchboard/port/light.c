/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <stdio.h>

#include "light.h"
#include "port.h"

#include "vm/vlights.h"
#include "vm/vms.h"

#define TEXT 96u

static void describe(const struct vm *vm, char text[TEXT])
{
    const struct lights_state state = vlights_state(vm);

    snprintf(text, TEXT, "vm=%s red=%d green=%d blue=%d torch=%d vibrator=%d backlight=%u",
             vm->name, state.on >> LIGHT_RED & 1, state.on >> LIGHT_GREEN & 1,
             state.on >> LIGHT_BLUE & 1, state.on >> LIGHT_TORCH & 1,
             state.on >> LIGHT_VIBRATOR & 1, (unsigned)state.backlight);
}

void light_event(const struct vm *vm)
{
    char text[TEXT];

    describe(vm, text);
    port_send("! light %s", text);
}

const char *light_request(const struct line_request *request)
{
    const struct vm *vm = vms_find(request->word[1]);
    char text[TEXT];

    if (!vm || vm->kind != PB_KIND_PERSONA) {
        return "no such persona";
    }
    describe(vm, text);
    port_send("%u ok %s", (unsigned)request->id, text);
    return NULL;
}
