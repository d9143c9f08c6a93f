/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The handset's buttons: each one is a line, high while it is pressed.
 * docs/board/. The board wires the lines to its GPIO controller.
 */
#include "qemu/osdep.h"
#include "qemu/module.h"
#include "hw/irq.h"
#include "hw/qdev-core.h"
#include "migration/vmstate.h"
#include "ui/input.h"
#include "board_parts.h"

OBJECT_DECLARE_SIMPLE_TYPE(KeysState, KEYS)

static const QKeyCode buttons[] = {
    Q_KEY_CODE_POWER,
    Q_KEY_CODE_VOLUMEUP,
    Q_KEY_CODE_VOLUMEDOWN,
};

struct KeysState {
    DeviceState parent_obj;

    qemu_irq line[ARRAY_SIZE(buttons)];
    QemuInputHandlerState *input;
    uint32_t pressed; /* bit n: button n */
};

static void keys_event(DeviceState *dev, QemuConsole *src, InputEvent *event)
{
    KeysState *s = KEYS(dev);
    InputKeyEvent *key = event->u.key.data;
    QKeyCode code = qemu_input_key_value_to_qcode(key->key);

    for (int n = 0; n < ARRAY_SIZE(buttons); n++) {
        if (code == buttons[n]) {
            s->pressed = deposit32(s->pressed, n, 1, key->down);
            qemu_set_irq(s->line[n], key->down);
        }
    }
}

static const QemuInputHandler keys_input = {
    .name = "handset buttons",
    .mask = INPUT_EVENT_MASK_KEY,
    .event = keys_event,
};

static const VMStateDescription keys_vmstate = {
    .name = TYPE_KEYS,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields =
        (const VMStateField[]){
            VMSTATE_UINT32(pressed, KeysState),
            VMSTATE_END_OF_LIST(),
        },
};

/* A finger on a button stays there when the board is reset. */
static void keys_reset_exit(Object *obj, ResetType type)
{
    KeysState *s = KEYS(obj);

    for (int n = 0; n < ARRAY_SIZE(buttons); n++) {
        qemu_set_irq(s->line[n], extract32(s->pressed, n, 1));
    }
}

static void keys_realize(DeviceState *dev, Error **errp)
{
    KeysState *s = KEYS(dev);

    qdev_init_gpio_out(dev, s->line, ARRAY_SIZE(s->line));
    s->input = qemu_input_handler_register(dev, &keys_input);
    qemu_input_handler_activate(s->input);
}

static void keys_class_init(ObjectClass *oc, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(oc);

    dc->desc = "handset buttons";
    dc->realize = keys_realize;
    dc->vmsd = &keys_vmstate;
    RESETTABLE_CLASS(oc)->phases.exit = keys_reset_exit;
    set_bit(DEVICE_CATEGORY_INPUT, dc->categories);
}

static const TypeInfo keys_info = {
    .name = TYPE_KEYS,
    .parent = TYPE_DEVICE,
    .instance_size = sizeof(KeysState),
    .class_init = keys_class_init,
};

static void keys_register_types(void)
{
    type_register_static(&keys_info);
}

type_init(keys_register_types)
