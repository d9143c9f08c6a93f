/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A timer of the virtual clock ends each tick: with instruction counting it runs in the thread of
 * all vCPUs, between two instructions. It only leaves work to that thread, which then waits outside
 * of the timer, so that whoever stops the machine needs not wait for a timer that does not end.
 */
#include "qemu/osdep.h"
#include "qemu/main-loop.h"
#include "qemu/timer.h"
#include "cpu.h"
#include "cpregs.h"
#include "hw/core/cpu.h"
#include "system/cpu-timers.h"
#include "system/runstate.h"
#include "machine/call.h"
#include "machine/lockstep.h"
#include "machine/trace_hash.h"

#define INST_RETIRED (1 << 8) /* of PMCEID0_EL0: Arm DDI 0487 */
#define FIRST        (-1)     /* before whoever tells the phone's thread that the machine runs */

/* With the BQL. */
static QEMUTimer *tick_timer;
static bool posted;  /* stand() is on its way, or waits */
static bool arrived; /* stand() has waited, and the tick has not begun */
static bool granted; /* the next tick may begin */
static uint64_t ticks;
static int64_t began_ns = -1; /* the tick that lasts, in the machine's time; -1: none does */

/* Between the threads. */
static struct {
    GMutex lock; /* protects all; innermost */
    GCond news;
    bool stands, running, held, ended;
    uint64_t asked, settled;
    int64_t now_ns, passed_ns;
} shared;

static void nothing(CPUState *cpu, run_on_cpu_data data)
{
}

static void hash_cpu(CPUState *state)
{
    const CPUARMState *env = cpu_env(state);

    trace_hash_add(TRACE_TICK, ticks, &env->pc, sizeof(env->pc));
    trace_hash_add(TRACE_TICK, ticks, env->xregs, sizeof(env->xregs));
    trace_hash_add(TRACE_TICK, ticks, env->elr_el, sizeof(env->elr_el));
    trace_hash_add(TRACE_TICK, ticks, env->sp_el, sizeof(env->sp_el));
}

static void hash_tick(int64_t now_ns)
{
    const int64_t count[] = {now_ns, icount_get_raw()};
    CPUState *cpu;

    trace_hash_add(TRACE_TICK, ticks, count, sizeof(count));
    CPU_FOREACH (cpu) {
        hash_cpu(cpu);
    }
    ticks++;
}

/* A machine that was just made or loaded has come from nowhere. */
static void count_tick(int64_t now_ns)
{
    g_mutex_lock(&shared.lock);
    if (began_ns >= 0) {
        shared.passed_ns += now_ns - began_ns;
    }
    g_mutex_unlock(&shared.lock);
    began_ns = -1;
}

static void tell_stands(int64_t now_ns)
{
    g_mutex_lock(&shared.lock);
    shared.stands = true;
    shared.now_ns = now_ns;
    g_cond_broadcast(&shared.news);
    g_mutex_unlock(&shared.lock);
}

/*
 * QEMU's main loop may wait for a CPU to do something: to show that its block has ended, before
 * the screen is read. Work that is left keeps it from taking the CPUs for idle ones, whose clock
 * would go on to the next timer.
 */
static void serve(CPUState *first)
{
    CPUState *cpu;

    CPU_FOREACH (cpu) {
        process_queued_cpu_work(cpu);
    }
    async_run_on_cpu(first, nothing, RUN_ON_CPU_NULL);
}

/* The vCPUs' thread, with the BQL but while it waits. */
static void stand(CPUState *cpu, run_on_cpu_data data)
{
    const int64_t now_ns = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);

    if (!arrived) {
        hash_tick(now_ns);
        count_tick(now_ns);
        arrived = true;
    }
    if (!granted) {
        tell_stands(now_ns);
    }
    for (serve(cpu); !granted && !cpu->stop; serve(cpu)) {
        qemu_cond_wait_bql(cpu->halt_cond);
    }
    posted = false;
    if (granted && !cpu->stop) {
        granted = arrived = false;
        began_ns = now_ns;
        timer_mod(tick_timer, now_ns + LOCKSTEP_TICK_MS * SCALE_MS);
    }
}

static void post(void)
{
    if (!posted) {
        posted = true;
        async_run_on_cpu(first_cpu, stand, RUN_ON_CPU_NULL);
    }
}

static void on_tick(void *opaque)
{
    post();
}

/* One that was stopped in the middle of a tick goes on to its end. */
static void on_state(void *opaque, bool running, RunState state)
{
    g_mutex_lock(&shared.lock);
    shared.running = running;
    g_cond_broadcast(&shared.news);
    g_mutex_unlock(&shared.lock);
    if (running && !timer_pending(tick_timer)) {
        post();
    }
}

static void forget_event(gpointer key, gpointer value, gpointer opaque)
{
    ARMCPRegInfo *reg = value;

    if (g_str_has_prefix(reg->name, "PMCEID0")) {
        reg->resetvalue &= ~(uint64_t)INST_RETIRED;
    }
}

/*
 * CPUs that count instructions say so in a register that is constant, and would take no state of
 * CPUs that do not. No guest has the performance monitors.
 */
static void be_like_others(void)
{
    CPUState *cpu;

    CPU_FOREACH (cpu) {
        g_hash_table_foreach(ARM_CPU(cpu)->cp_regs, forget_event, NULL);
    }
}

void lockstep_start(void)
{
    be_like_others();
    tick_timer = timer_new_ns(QEMU_CLOCK_VIRTUAL, on_tick, NULL);
    qemu_add_vm_change_state_handler_prio(on_state, NULL, FIRST);
    on_state(NULL, runstate_is_running(), runstate_get());
}

void lockstep_end(void)
{
    g_mutex_lock(&shared.lock);
    shared.ended = true;
    g_cond_broadcast(&shared.news);
    g_mutex_unlock(&shared.lock);
}

static void settled(void *opaque)
{
    g_mutex_lock(&shared.lock);
    shared.settled++;
    g_cond_broadcast(&shared.news);
    g_mutex_unlock(&shared.lock);
}

void lockstep_settle(void)
{
    machine_call(settled, NULL);
    g_mutex_lock(&shared.lock);
    shared.asked++;
    while (shared.settled < shared.asked && !shared.ended) {
        g_cond_wait(&shared.news, &shared.lock);
    }
    g_mutex_unlock(&shared.lock);
}

bool lockstep_hold(bool hold)
{
    if (!tick_timer) {
        return false;
    }
    g_mutex_lock(&shared.lock);
    shared.held = hold;
    g_mutex_unlock(&shared.lock);
    return true;
}

/* Whoever stopped the machine meanwhile was first. */
static void grant(void *opaque)
{
    if (runstate_is_running() && posted) {
        granted = true;
        qemu_cpu_kick(first_cpu);
    } else {
        tell_stands(qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL));
    }
}

bool lockstep_step(void)
{
    bool goes;

    g_mutex_lock(&shared.lock);
    goes = shared.running && !shared.held && !shared.ended;
    if (goes && shared.stands) {
        shared.stands = false;
        machine_call(grant, NULL);
    }
    while (!shared.stands && shared.running && !shared.ended) {
        g_cond_wait(&shared.news, &shared.lock);
    }
    g_mutex_unlock(&shared.lock);
    return goes;
}

int64_t lockstep_now_ns(void)
{
    g_mutex_lock(&shared.lock);
    int64_t now_ns = shared.now_ns;
    g_mutex_unlock(&shared.lock);
    return now_ns;
}

int64_t lockstep_passed_ns(void)
{
    g_mutex_lock(&shared.lock);
    int64_t passed_ns = shared.passed_ns;
    g_mutex_unlock(&shared.lock);
    return passed_ns;
}
