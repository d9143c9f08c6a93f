/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "events.h"
#include "port.h"
#include "screen/compositor.h"
#include "vm/vms.h"

#include "el1/log.h"
#include "el1/restart.h"

/* A name comes from the device tree: it must not end its quotes. */
static void unquote(char *to, const char *from, size_t size)
{
    while (size-- > 1 && *from) {
        *to++ = *from == '"' ? '\'' : *from;
        from++;
    }
    *to = '\0';
}

void event_vm(const struct vm *vm)
{
    char display[sizeof(vm->display_name)];

    unquote(display, vm->display_name, sizeof(display));
    port_send("! vm id=%u name=%s display=\"%s\" kind=%s state=%s reason=%s share=%s front=%d "
              "colour=#%06x",
              (unsigned)vm->id, vm->name, display, pb_kind_names()[vm->kind],
              vms_state_name(vm->state), vms_reason_name(vm->reason),
              vm->share_all ? "all" : "none", vm == compositor_front(), (unsigned)vm->colour);
}

void event_front(const struct vm *vm)
{
    port_send("! front vm=%s", vm->name);
}

void event_display(bool on)
{
    port_send("! display on=%d", on);
}

void event_view(bool side)
{
    port_send("! view mode=%s", side ? "side" : "single");
}

void event_scanout(const struct vm *vm, uint32_t width, uint32_t height)
{
    log_line("%s: first picture, %ux%u", vm->name, (unsigned)width, (unsigned)height);
    port_send("! scanout vm=%s width=%u height=%u", vm->name, (unsigned)width, (unsigned)height);
}

void event_ready(void)
{
    port_send("! ready restarts=%u", restart_count());
}
