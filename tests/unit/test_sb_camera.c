/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Who sees what, when a sensor is on, and what the bar shows: two personas that stream by USB/IP,
 * and sensors of ours. */
#include "camera/camera.h"
#include "camera/usbport.h"
#include "drivers/camera.h"
#include "el1/log.h"
#include "el1/timers.h"
#include "screen/compositor.h"
#include "screen/flip.h"
#include "suite.h"
#include "usb/uvc.h"
#include "vm/vms.h"

#include <string.h>

#define LARGE 614400u
#define SMALL 153600u

static struct vm vms[3] = {{.index = 0, .state = PB_VM_RUNNING, .kind = PB_KIND_PERSONA},
                           {.index = 1, .state = PB_VM_RUNNING, .kind = PB_KIND_PERSONA},
                           {.index = 2, .state = PB_VM_RUNNING, .kind = PB_KIND_PERSONA}};
static struct vm_config config[3] = {[2] = {.camera = VM_VIEW_ABSENT}};
static struct vm *front;
static bool shown[3]; /* in the bar */
static bool dark;     /* the display is off */
static struct {
    bool on;
    struct camera_mode mode;
    unsigned turns;
} part[CAMERA_SENSORS];
static camera_frame_fn *give;
static struct timer *timer;
static unsigned woken;

/* ---- The machine ---------------------------------------------------------------------------- */

void log_line(const char *format, ...)
{
    (void)format;
}

bool camera_part_init(const struct board *board, camera_frame_fn *frame)
{
    give = frame;
    return board->camera.base != 0;
}

void camera_on(enum camera_sensor sensor, const struct camera_mode *mode)
{
    part[sensor].on = true;
    part[sensor].mode = *mode;
    part[sensor].turns++;
}

void camera_off(enum camera_sensor sensor)
{
    part[sensor].on = false;
}

struct vm *compositor_front(void)
{
    return front;
}

bool flip_is_on(void)
{
    return !dark;
}

void compositor_camera(struct vm *vm, bool on)
{
    shown[vm->index] = on;
}

unsigned vm_count(void)
{
    return 3;
}

struct vm *vm_at(unsigned index)
{
    return &vms[index];
}

const struct vm_config *vms_config(const struct vm *vm)
{
    return &config[vm->index];
}

void timer_start(struct timer *started, uint64_t after_us)
{
    (void)after_us;
    timer = started;
    started->running = true;
}

void timer_stop(struct timer *stopped)
{
    stopped->running = false;
}

void vsock_wake(struct vsock_conn *conn)
{
    (void)conn;
    woken++;
}

static void fire(void)
{
    CU_ASSERT_TRUE_FATAL(timer && timer->running);
    timer->running = false;
    timer->fire(timer);
}

/* ---- Personas ------------------------------------------------------------------------------- */

static struct vsock_conn conn[3][CAMERA_SENSORS];

static void put_header(uint8_t *header, uint32_t command, bool in, uint32_t endpoint, uint32_t len)
{
    memset(header, 0, USBIP_HEADER);
    usbip_put32(header, command);
    usbip_put32(header + 12, in);
    usbip_put32(header + 16, endpoint);
    usbip_put32(header + 24, len);
}

static void drain(struct vsock_conn *c)
{
    uint8_t byte[4096];

    while (usbport_service.waits(c)) {
        CU_ASSERT_TRUE_FATAL(usbport_service.output(c, byte, sizeof(byte)) > 0);
    }
}

static void control(struct vsock_conn *c, const uint8_t setup[8], const uint8_t *data, uint32_t len)
{
    uint8_t message[USBIP_HEADER + 64];

    put_header(message, 1, false, 0, len);
    memcpy(message + 40, setup, 8);
    if (len) {
        memcpy(message + USBIP_HEADER, data, len);
    }
    CU_ASSERT_TRUE(usbport_service.input(c, message, USBIP_HEADER + len));
    drain(c);
}

static void want(struct vsock_conn *c)
{
    uint8_t message[USBIP_HEADER];

    put_header(message, 1, true, 1, 16384);
    CU_ASSERT_TRUE(usbport_service.input(c, message, sizeof(message)));
}

/* Imports a camera; it does not stream yet. */
static void attach(unsigned vm, unsigned sensor)
{
    uint8_t import[40] = {1, 0x11, 0x80, 3, [8] = '1', '-', (uint8_t)('1' + sensor)};
    struct vsock_conn *c = &conn[vm][sensor];

    CU_ASSERT_TRUE_FATAL(usbport_service.opened(&vms[vm], c));
    CU_ASSERT_TRUE_FATAL(usbport_service.input(c, import, sizeof(import)));
    drain(c);
    control(c, (const uint8_t[]){0, 9, 1, 0, 0, 0, 0, 0}, NULL, 0);
}

static void look_for(unsigned vm, unsigned sensor, uint8_t format, uint8_t size)
{
    const uint8_t setting[34] = {1, 0, format, size, 0x15, 0x16, 0x05, 0};

    control(&conn[vm][sensor], (const uint8_t[]){0x21, 1, 0, 2, 1, 0, 34, 0}, setting,
            sizeof(setting));
    want(&conn[vm][sensor]);
}

static void look(unsigned vm, unsigned sensor, uint8_t size)
{
    look_for(vm, sensor, 1, size);
}

static void look_away(unsigned vm, unsigned sensor)
{
    control(&conn[vm][sensor], (const uint8_t[]){2, 1, 0, 0, 0x81, 0, 0, 0}, NULL, 0);
}

/* Takes what there is for it: how many bytes; *black: they are that, but for headers. */
static size_t see(unsigned vm, unsigned sensor, bool *black)
{
    static uint8_t data[USBIP_HEADER + 16384];
    struct vsock_conn *c = &conn[vm][sensor];
    size_t sum = 0, len;

    *black = true;
    while (usbport_service.waits(c)) {
        len = usbport_service.output(c, data, sizeof(data));
        for (size_t i = USBIP_HEADER + 2; i < len; i++) {
            *black &= data[i] == (i & 1 ? 0x80 : 0x10);
        }
        sum += len - USBIP_HEADER - 2;
        want(c);
    }
    return sum;
}

static void start(void)
{
    static const struct board board = {.camera = {0x1000, 40}};

    memset(part, 0, sizeof(part));
    camera_init(&board);
    front = &vms[0];
    camera_update();
}

static void finish(void)
{
    for (unsigned vm = 0; vm < 3; vm++) {
        for (unsigned n = 0; n < CAMERA_SENSORS; n++) {
            if (conn[vm][n].user) {
                usbport_service.closed(&conn[vm][n]);
                conn[vm][n].user = NULL;
            }
        }
    }
}

/* ---- Tests ---------------------------------------------------------------------------------- */

static void test_policy(void)
{
    static const struct board none;

    start();
    CU_ASSERT_TRUE(camera_allowed(&vms[0]));
    CU_ASSERT_FALSE(camera_allowed(&vms[2]));
    camera_init(&none);
    CU_ASSERT_FALSE(camera_allowed(&vms[0]));
    camera_update();
}

static void test_front(void)
{
    static uint8_t pixels[LARGE];
    bool black;

    start();
    memset(pixels, 77, sizeof(pixels));
    attach(0, CAMERA_BACK);
    CU_ASSERT_FALSE(part[CAMERA_BACK].on);
    look(0, CAMERA_BACK, 1);
    CU_ASSERT_TRUE(part[CAMERA_BACK].on && part[CAMERA_BACK].mode.size == CAMERA_640X480);
    CU_ASSERT_EQUAL(part[CAMERA_BACK].mode.rate, 30 / 2);
    CU_ASSERT_FALSE(part[CAMERA_FRONT].on);
    CU_ASSERT_TRUE(shown[0] && !shown[1]);
    CU_ASSERT_TRUE(give(CAMERA_BACK, pixels, sizeof(pixels)));
    CU_ASSERT_FALSE(give(CAMERA_BACK, pixels, sizeof(pixels))); /* it still has the one before */
    CU_ASSERT_FALSE(give(CAMERA_FRONT, pixels, sizeof(pixels)));
    CU_ASSERT_TRUE(woken > 0);
    CU_ASSERT_EQUAL(see(0, CAMERA_BACK, &black), LARGE);
    CU_ASSERT_FALSE(black);
    CU_ASSERT_TRUE(give(CAMERA_BACK, pixels, sizeof(pixels)));
    look(0, CAMERA_BACK, 2); /* another size: the sensor begins anew */
    CU_ASSERT_TRUE(part[CAMERA_BACK].on && part[CAMERA_BACK].mode.size == CAMERA_320X240);
    look_away(0, CAMERA_BACK);
    CU_ASSERT_FALSE(part[CAMERA_BACK].on);
    CU_ASSERT_FALSE(shown[0]);
    finish();
}

/* JPEG: as many bytes as the sensor's frame has; who goes behind gets no more of it. */
static void test_jpeg(void)
{
    static uint8_t data[5000];
    uint8_t byte[USBIP_HEADER + 100];
    bool black;

    start();
    memset(data, 77, sizeof(data));
    attach(0, CAMERA_BACK);
    look_for(0, CAMERA_BACK, 2, 3);
    CU_ASSERT_TRUE(part[CAMERA_BACK].on && part[CAMERA_BACK].mode.size == CAMERA_1280X720 &&
                   part[CAMERA_BACK].mode.format == CAMERA_JPEG);
    CU_ASSERT_TRUE(give(CAMERA_BACK, data, sizeof(data)));
    CU_ASSERT_EQUAL(see(0, CAMERA_BACK, &black), sizeof(data));
    CU_ASSERT_TRUE(give(CAMERA_BACK, data, sizeof(data)));
    usbport_service.output(&conn[0][CAMERA_BACK], byte, sizeof(byte));
    CU_ASSERT_EQUAL(byte[sizeof(byte) - 1], 77);
    front = &vms[1];
    camera_update();
    usbport_service.output(&conn[0][CAMERA_BACK], byte, 16);
    CU_ASSERT_TRUE(byte[0] == 0 && byte[15] == 0);
    look(0, CAMERA_BACK, 1); /* another format: the sensor would begin anew */
    front = &vms[0];
    camera_update();
    CU_ASSERT_EQUAL(part[CAMERA_BACK].mode.format, CAMERA_YUY2);
    finish();
}

/* Who is behind gets black frames, and its sensor stays off; who goes behind gets no more, not even
 * of the same frame. */
static void test_behind(void)
{
    static uint8_t pixels[LARGE];
    uint8_t byte[USBIP_HEADER + 100];
    bool black;

    start();
    memset(pixels, 77, sizeof(pixels));
    attach(1, CAMERA_FRONT);
    look(1, CAMERA_FRONT, 2);
    CU_ASSERT_FALSE(part[CAMERA_FRONT].on);
    CU_ASSERT_FALSE(shown[1]);
    fire();
    CU_ASSERT_EQUAL(see(1, CAMERA_FRONT, &black), SMALL);
    CU_ASSERT_TRUE(black);

    front = &vms[1];
    camera_update();
    CU_ASSERT_TRUE(part[CAMERA_FRONT].on && shown[1]);
    CU_ASSERT_FALSE(timer->running);
    CU_ASSERT_TRUE(give(CAMERA_FRONT, pixels, sizeof(pixels)));
    usbport_service.output(&conn[1][CAMERA_FRONT], byte, sizeof(byte));
    CU_ASSERT_EQUAL(byte[sizeof(byte) - 1], 77);
    front = &vms[0];
    camera_update();
    CU_ASSERT_FALSE(part[CAMERA_FRONT].on || shown[1]);
    usbport_service.output(&conn[1][CAMERA_FRONT], byte, 16);
    CU_ASSERT_TRUE(byte[0] == 0x10 && byte[1] == 0x80);
    CU_ASSERT_FALSE(give(CAMERA_FRONT, pixels, sizeof(pixels)));
    finish();
}

/* A persona that does not run looks at nothing, nor does one whose display is off; one that has
 * reset its device does not, either. */
static void test_state(void)
{
    start();
    attach(0, CAMERA_FRONT);
    look(0, CAMERA_FRONT, 1);
    CU_ASSERT_TRUE(part[CAMERA_FRONT].on);
    vms[0].state = PB_VM_PAUSED;
    camera_update();
    CU_ASSERT_FALSE(part[CAMERA_FRONT].on || shown[0]);
    vms[0].state = PB_VM_RUNNING;
    camera_update();
    CU_ASSERT_TRUE(part[CAMERA_FRONT].on);
    dark = true;
    camera_update();
    CU_ASSERT_FALSE(part[CAMERA_FRONT].on || shown[0]);
    dark = false;
    camera_update();
    CU_ASSERT_TRUE(part[CAMERA_FRONT].on);
    usbport_service.closed(&conn[0][CAMERA_FRONT]);
    conn[0][CAMERA_FRONT].user = NULL;
    CU_ASSERT_FALSE(part[CAMERA_FRONT].on || shown[0]);
    finish();
}

/* A persona has a connection for each device and one more. */
static void test_connections(void)
{
    struct vsock_conn more[USBIP_DEVICES + 2];
    unsigned n = 0;

    start();
    while (n < USBIP_DEVICES + 2 && usbport_service.opened(&vms[0], &more[n])) {
        n++;
    }
    CU_ASSERT_EQUAL(n, USBIP_DEVICES + 1);
    CU_ASSERT_TRUE(usbport_service.opened(&vms[1], &more[n]));
    usbport_service.closed(&more[n]);
    CU_ASSERT_FALSE(usbport_service.input(&more[0], (const uint8_t *)"GET / HTTP/1.0", 14));
    while (n--) {
        usbport_service.closed(&more[n]);
    }
    finish();
}

int main(void)
{
    static const CU_TestInfo tests[] = {{"policy", test_policy}, {"in front", test_front},
                                        {"JPEG", test_jpeg},     {"behind", test_behind},
                                        {"states", test_state},  {"connections", test_connections},
                                        CU_TEST_INFO_NULL};

    return run_suite("cameras", tests);
}
