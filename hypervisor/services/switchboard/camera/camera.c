/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "camera.h"

#include "drivers/camera.h"
#include "screen/compositor.h"
#include "screen/flip.h"
#include "usb/uvc.h"
#include "usbport.h"
#include "vm/vms.h"

#include "el1/log.h"
#include "el1/timers.h"

#define BLACK_US   200000u   /* between the frames of who may not see */
#define PER_SECOND 10000000u /* units of a setting's interval */

_Static_assert(CAMERA_640X480 == 0 && CAMERA_320X240 == 1 && CAMERA_1280X720 == 2,
               "the order of uvc_size");
_Static_assert(CAMERA_FRAME_MAX == UVC_FRAME_MAX, "a frame that the part writes fits");

/* A sensor, and who looks through it. */
struct eye {
    struct vm *vm; /* NULL: nobody, it is off */
    struct uvc_setting setting;
};

static struct {
    bool present;
    struct uvc uvc[PB_MAX_VMS][CAMERA_SENSORS]; /* by vm->index */
    struct eye eye[CAMERA_SENSORS];
    struct timer black;
} camera;

bool camera_allowed(const struct vm *vm)
{
    return camera.present && vm->kind == PB_KIND_PERSONA && vms_config(vm)->camera == VM_VIEW_REAL;
}

static bool looks(const struct vm *vm, unsigned sensor)
{
    return vm->state == PB_VM_RUNNING && camera.uvc[vm->index][sensor].streams;
}

/* ---- The persona in front ------------------------------------------------------------------ */

static bool frame(enum camera_sensor sensor, const uint8_t *data, uint32_t bytes)
{
    struct vm *vm = camera.eye[sensor].vm;
    struct uvc *uvc = vm ? &camera.uvc[vm->index][sensor] : NULL;

    if (!uvc || uvc_busy(uvc)) {
        return false;
    }
    uvc_frame(uvc, data, bytes);
    return true;
}

/* The sensor's memory is used anew: what is being sent of it is black from here on. */
static void close_eye(unsigned sensor)
{
    struct eye *eye = &camera.eye[sensor];

    if (eye->vm) {
        uvc_blank(&camera.uvc[eye->vm->index][sensor]);
        camera_off(sensor);
        eye->vm = NULL;
    }
}

static void open_eye(unsigned sensor, struct vm *vm)
{
    const struct uvc_setting *setting = &camera.uvc[vm->index][sensor].commit;
    const struct camera_mode mode = {
        .size = setting->size,
        .format = setting->format == UVC_JPEG ? CAMERA_JPEG : CAMERA_YUY2,
        .rate = PER_SECOND / setting->interval,
    };

    camera.eye[sensor] = (struct eye){vm, *setting};
    camera_on(sensor, &mode);
}

static bool is_same(const struct uvc_setting *a, const struct uvc_setting *b)
{
    return a->format == b->format && a->size == b->size && a->interval == b->interval;
}

static void update_sensor(unsigned sensor)
{
    struct eye *eye = &camera.eye[sensor];
    struct vm *front = flip_is_on() ? compositor_front() : NULL; /* nobody looks unseen */
    struct vm *vm = front && looks(front, sensor) ? front : NULL;

    if (vm != eye->vm || (vm && !is_same(&eye->setting, &camera.uvc[vm->index][sensor].commit))) {
        close_eye(sensor);
        if (vm) {
            open_eye(sensor, vm);
        }
    }
}

/* ---- The others ---------------------------------------------------------------------------- */

static bool sees_black(const struct vm *vm, unsigned sensor)
{
    return looks(vm, sensor) && camera.eye[sensor].vm != vm;
}

static void update_black(void)
{
    bool any = false;

    for (unsigned i = 0; i < vm_count(); i++) {
        for (unsigned n = 0; n < CAMERA_SENSORS; n++) {
            any |= sees_black(vm_at(i), n);
        }
    }
    if (!any) {
        timer_stop(&camera.black);
    } else if (!camera.black.running) {
        timer_start(&camera.black, BLACK_US);
    }
}

static void black(struct timer *timer)
{
    timer_start(timer, BLACK_US);
    for (unsigned i = 0; i < vm_count(); i++) {
        for (unsigned n = 0; n < CAMERA_SENSORS; n++) {
            if (sees_black(vm_at(i), n)) {
                uvc_frame(&camera.uvc[i][n], NULL, 0);
            }
        }
    }
}

/* -------------------------------------------------------------------------------------------- */

void camera_update(void)
{
    if (!camera.present) {
        return;
    }
    for (unsigned n = 0; n < CAMERA_SENSORS; n++) {
        update_sensor(n);
    }
    for (unsigned i = 0; i < vm_count(); i++) {
        compositor_camera(vm_at(i), camera.eye[CAMERA_FRONT].vm == vm_at(i) ||
                                        camera.eye[CAMERA_BACK].vm == vm_at(i));
    }
    update_black();
}

static void changed(struct uvc *uvc)
{
    (void)uvc;
    camera_update();
}

void camera_init(const struct board *board)
{
    static const char *const names[CAMERA_SENSORS] = {"Front camera", "Back camera"};
    static const char *const serials[CAMERA_SENSORS] = {"front", "back"};

    camera.black.fire = black;
    camera.present = camera_part_init(board, frame);
    for (unsigned i = 0; i < vm_count(); i++) {
        for (unsigned n = 0; n < CAMERA_SENSORS && camera_allowed(vm_at(i)); n++) {
            uvc_init(&camera.uvc[i][n], names[n], serials[n], changed);
            usbport_plug(vm_at(i), n, &camera.uvc[i][n].device);
        }
    }
    log_line("cameras: %s", camera.present ? "yes" : "no");
}
