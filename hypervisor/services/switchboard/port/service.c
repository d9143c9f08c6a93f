/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <string.h>

#include "crash.h"
#include "events.h"
#include "light.h"
#include "pending.h"
#include "picture.h"
#include "port.h"
#include "press.h"
#include "service.h"
#include "slots.h"
#include "stats.h"
#include "typing.h"
#include "vmverbs.h"

#include "screen/compositor.h"
#include "screen/flip.h"
#include "screen/sleep.h"
#include "virtio/generation.h"
#include "vm/vms.h"

#include "el1/hvc.h"
#include "el1/line.h"

#define PORT_VERSION 1

static void ok(const struct line_request *request)
{
    port_send("%u ok", (unsigned)request->id);
}

/* Verbs: NULL, or what is wrong. They answer themselves when all is well. */

static const char *do_hello(const struct line_request *request)
{
    port_send("%u ok version=%d vms=%u", (unsigned)request->id, PORT_VERSION, vm_count());
    return NULL;
}

static const char *do_vms(const struct line_request *request)
{
    for (unsigned i = 0; i < vm_count(); i++) {
        event_vm(vm_at(i));
    }
    ok(request);
    return NULL;
}

static const char *do_switch(const struct line_request *request)
{
    struct vm *vm = vms_find(request->word[1]);
    struct pending *pending;

    if (strcmp(request->word[1], "next") && (!vm || vm->kind != PB_KIND_PERSONA)) {
        return "no such persona";
    }
    if (!(pending = pending_new(request->id))) {
        return "too many requests under way";
    }
    if (vm) {
        compositor_select(vm);
    } else {
        compositor_step(1);
    }
    flip_wait(&pending->waiter);
    return NULL;
}

static const char *do_view(const struct line_request *request)
{
    const bool side = !strcmp(request->word[1], "side");
    struct pending *pending;

    if (!side && strcmp(request->word[1], "single")) {
        return "view is single or side";
    }
    if (!(pending = pending_new(request->id))) {
        return "too many requests under way";
    }
    compositor_set_view(side ? VIEW_SIDE : VIEW_SINGLE);
    flip_wait(&pending->waiter);
    return NULL;
}

static const char *do_power(const struct line_request *request)
{
    sleep_display(!flip_is_on());
    ok(request);
    return NULL;
}

static const char *do_display(const struct line_request *request)
{
    const bool on = !strcmp(request->word[1], "on");

    if (!on && strcmp(request->word[1], "off")) {
        return "display is on or off";
    }
    sleep_display(on);
    ok(request);
    return NULL;
}

/* `net VM wifi|cellular up|down` */
static const char *do_net(const struct line_request *request)
{
    struct vm *vm = vms_find(request->word[1]);
    const bool cellular = !strcmp(request->word[2], "cellular");
    const bool up = !strcmp(request->word[3], "up");

    if (!vm || vm->kind != PB_KIND_PERSONA) {
        return "no such persona";
    }
    if (!cellular && strcmp(request->word[2], "wifi")) {
        return "net is wifi or cellular";
    }
    if (!up && strcmp(request->word[3], "down")) {
        return "net is up or down";
    }
    if (!slots_link(vm, cellular ? NET_CELLULAR : NET_WIFI, up)) {
        return "the persona has no such network";
    }
    ok(request);
    return NULL;
}

static const char *do_stats(const struct line_request *request)
{
    stats_send();
    ok(request);
    return NULL;
}

static const char *do_trace(const struct line_request *request)
{
    const bool on = !strcmp(request->word[1], "on");

    if (!on && strcmp(request->word[1], "off")) {
        return "trace is on or off";
    }
    if (hvc(PB_CALL_TRACE, on, 0, 0) != PB_OK) {
        return "the hypervisor has no trace";
    }
    ok(request);
    return NULL;
}

/* This machine goes on from a saved state, and others may, too: who runs is told. */
static const char *do_generation(const struct line_request *request)
{
    for (unsigned i = 0; i < vm_count(); i++) {
        struct vm *vm = vm_at(i);
        if (vm->state == PB_VM_RUNNING || vm->state == PB_VM_PAUSED ||
            vm->state == PB_VM_SUSPENDED) {
            generation_tell(&vm->bus);
        }
        if (vm->state == PB_VM_RUNNING) {
            slots_renew(vm);
        }
    }
    ok(request);
    return NULL;
}

static const struct {
    const char *name;
    unsigned least, most; /* arguments */
    const char *(*run)(const struct line_request *request);
} verbs[] = {
    {"hello", 0, 0, do_hello},           {"vms", 0, 0, do_vms},
    {"switch", 1, 1, do_switch},         {"view", 1, 1, do_view},
    {"start", 1, 1, vmverbs_change},     {"stop", 1, 1, vmverbs_change},
    {"restart", 1, 1, vmverbs_change},   {"pause", 1, 1, vmverbs_change},
    {"resume", 1, 1, vmverbs_change},    {"key", 2, 3, key_request},
    {"wheel", 1, 1, wheel_request},      {"power", 0, 0, do_power},
    {"stats", 0, 0, do_stats},           {"trace", 1, 1, do_trace},
    {"display", 1, 1, do_display},       {"shutdown", 2, 2, vmverbs_shutdown},
    {"generation", 0, 0, do_generation}, {"net", 3, 3, do_net},
    {"light", 1, 1, light_request},      {"crash", 1, 1, crash_request},
    {"picture", 1, 1, picture_request},
};

static const char *run(const struct line_request *request)
{
    for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
        if (strcmp(verbs[i].name, request->word[0])) {
            continue;
        }
        if (request->words < verbs[i].least + 1 || request->words > verbs[i].most + 1) {
            return "wrong number of arguments";
        }
        return verbs[i].run(request);
    }
    return "no such verb";
}

static void line(char *text)
{
    struct line_request request = {0};
    const char *wrong = text ? line_parse(&request, text) : "a line is longer than 1000 bytes";

    if (!wrong) {
        wrong = run(&request);
    }
    if (wrong) {
        port_send("%u err %s", (unsigned)request.id, wrong);
    }
}

void service_init(const struct board *board)
{
    typing_init();
    port_init(board, line);
    event_ready();
}
