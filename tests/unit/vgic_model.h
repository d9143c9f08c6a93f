/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * A GICv3 as simple as it can be told: one struct per interrupt, no list registers, all in
 * group 1, enabled. What test_vgic.c compares the virtual GIC with.
 */
#ifndef TESTS_VGIC_MODEL_H
#define TESTS_VGIC_MODEL_H

#include <stdbool.h>
#include <stdint.h>

#define MODEL_CPUS 3
#define MODEL_NONE 0xffffu

void model_reset(void);
/* ICFGR of both halves of a word. */
void model_config(unsigned word, uint32_t config);
/* A register write of one interrupt's bit, byte or IROUTER; offset as in a GICD frame. */
void model_write(unsigned cpu, unsigned intid, uint32_t offset, uint32_t value);
void model_sgi(unsigned cpu, uint64_t value);
/* 0, 1, or 2: pulse. */
void model_line(unsigned intid, unsigned level);
/* The physical interrupt linked to it fired. */
void model_fired(unsigned intid);
void model_acknowledge(unsigned cpu, unsigned intid);
void model_deactivate(unsigned cpu, unsigned intid);

bool model_deliverable(unsigned cpu, unsigned intid);
/* Priority of the most urgent one below threshold for cpu, MODEL_NONE: none. */
unsigned model_best(unsigned cpu, unsigned threshold);
bool model_is_active(unsigned cpu, unsigned intid);
/* An interrupt that cpu took and has not deactivated, at or after INTID from. */
unsigned model_any_active(unsigned cpu, unsigned from);
/* The physical interrupt is active because of this one. */
bool model_owed(unsigned intid);
uint32_t model_pending(unsigned cpu, unsigned word);
uint32_t model_active(unsigned cpu, unsigned word);

#endif
