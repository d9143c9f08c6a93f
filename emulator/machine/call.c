/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "qemu/osdep.h"
#include "qemu/main-loop.h"
#include "block/aio.h"
#include "machine/call.h"

struct call {
    machine_fn *fn;
    void *opaque;
};

static GAsyncQueue *calls; /* of struct call * */

void machine_call_init(void)
{
    calls = g_async_queue_new();
}

/*
 * QEMU runs bottom halves newest first; what is called here keeps its order. They are the iohandler
 * context's, which is polled by the main loop alone: a vCPU that waits for a disk polls the main
 * context, and if it refreshed the screen there, it would wait for CPUs that wait for it.
 */
static void calls_bh(void *opaque)
{
    struct call *call;

    while ((call = g_async_queue_try_pop(calls))) {
        call->fn(call->opaque);
        g_free(call);
    }
}

void machine_call(machine_fn *fn, void *opaque)
{
    struct call *call = g_new(struct call, 1);

    *call = (struct call){fn, opaque};
    g_async_queue_push(calls, call);
    aio_bh_schedule_oneshot(iohandler_get_aio_context(), calls_bh, NULL);
}
