/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What the tests of this folder share: the VM that they manage, and how. */
#ifndef MANAGE_OWNED_H
#define MANAGE_OWNED_H

#include <stdbool.h>
#include <stdint.h>

#include <phonebooth/hypercall.h>
#include <phonebooth/vmpage.h>

#define OWNER    0
#define WORKER   1
#define RIVAL    2 /* on the same CPU, the same priority */
#define DOORBELL 97
#define RAM_PA   0x84000000ull /* lent RAM, as pack lays it out */
#define RAM_SIZE 0x1000000ull
#define PAGE_PA  0x83f10000ull
#define STEP     0x10000ull
#define REPORT   0x100000000ull
#define MS       100   /* the unit of its waits; counted in instructions, nothing is late */
#define PATIENCE 10000 /* ms: the host may take a CPU away for a while */

/* worker.S */
enum task {
    TASK_CLOCK,
    TASK_OFF,
    TASK_RESET,
    TASK_DENIED,
    TASK_PENDING,
    TASK_POST,
    TASK_SLEEP,
    TASK_SUSPEND,
    TASK_STOLEN,
    TASK_FILL,
    TASK_COUNT,
};

/* The worker's. */
static volatile struct pb_vm_page *const page = (volatile struct pb_vm_page *)PAGE_PA;

int64_t call(uint32_t function, uint64_t vm, uint64_t a, uint64_t b);

/* The same, repeated as PB_E_AGAIN asks. */
int64_t complete(unsigned vm, uint32_t function);

void pause_ms(uint64_t ms);

/* The program, to the start of a VM's lent RAM. */
void copy_worker(uint64_t to);

/* A life of the worker begins. */
int64_t start(enum task task);

/* The worker has reported since; what it said last is in *value. */
bool reported(uint32_t since, uint64_t *value);

/* All of the worker's lent RAM is zero. */
bool clean(void);

/* VM_SCRUB until the worker is OFF; how many calls that took. */
int64_t scrub(unsigned *calls);

/* Two checks. */
void stop_and_scrub(void);

bool doorbell_rang(void);

/* states.c */
void test_suspend(void);
void test_stolen(void);
void test_idle(void);

/* fresh.c */
void test_fresh(void);

#endif
