/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "phone/trace_private.h"

#include <string.h>

#define NUMBERS (1u << 24) /* of records, until they start again */
/* When EL2 has lapped us: it may be writing the oldest few. */
#define MARGIN 16u

struct trace *trace_new(const struct pb_table *table, uint64_t hz)
{
    struct trace *trace;

    if (table->magic != PB_TABLE_MAGIC || table->version != PB_TABLE_VERSION || hz == 0 ||
        table->vm_count > PB_MAX_VMS || table->vcpu_count > PB_MAX_VCPUS ||
        table->pcpus > PB_MAX_PCPUS) {
        return NULL;
    }
    trace = g_new0(struct trace, 1);
    trace->table = *table;
    trace->hz = hz;
    for (unsigned i = 0; i < PB_MAX_PCPUS; i++) {
        trace->cpu[i].entries = g_array_new(FALSE, FALSE, sizeof(struct trace_entry));
    }
    return trace;
}

void trace_free(struct trace *trace)
{
    if (trace) {
        for (unsigned i = 0; i < PB_MAX_PCPUS; i++) {
            g_array_unref(trace->cpu[i].entries);
        }
        g_free(trace);
    }
}

void trace_clock(struct trace *trace, unsigned vm, uint64_t offset)
{
    struct trace_clock *clock;

    if (vm >= trace->table.vm_count) {
        return;
    }
    clock = &trace->clock[vm];
    if (clock->votes == 0) {
        *clock = (struct trace_clock){offset, 1};
    } else {
        clock->votes += clock->offset == offset ? 1 : -1;
    }
}

/* How much later number `a` is than `b`; negative: earlier. */
static int32_t later(uint32_t a, uint32_t b)
{
    return (int32_t)((a - b) << 8) >> 8;
}

static uint32_t number_at(const struct pb_trace_record *ring, uint32_t slot)
{
    return PB_TRACE_NUMBER(ring[slot % PB_TRACE_RECORDS].tag);
}

/* The oldest record of a ring that began empty. False: it is still empty. */
static bool find_first(const struct pb_trace_record *ring, uint32_t *first)
{
    for (uint32_t slot = 0; slot < PB_TRACE_RECORDS; slot++) {
        uint32_t number = number_at(ring, slot);
        uint32_t before = ring[(slot - 1) % PB_TRACE_RECORDS].tag;

        if (ring[slot].tag && (!before || PB_TRACE_NUMBER(before) != (number - 1) % NUMBERS)) {
            *first = number;
            return true;
        }
    }
    return false;
}

/* EL2 was faster: go on with the oldest record that is there for certain. */
static void catch_up(struct trace *trace, struct trace_cpu *cpu, const struct pb_trace_record *ring)
{
    uint32_t newest = cpu->next, skipped;

    for (uint32_t slot = 0; slot < PB_TRACE_RECORDS; slot++) {
        if (later(number_at(ring, slot), newest) > 0) {
            newest = number_at(ring, slot);
        }
    }
    skipped = (uint32_t)later(newest, cpu->next) - (PB_TRACE_RECORDS - MARGIN);
    cpu->next = (cpu->next + skipped) % NUMBERS;
    cpu->gap += skipped;
    trace->lost += skipped;
}

static void add(struct trace *trace, struct trace_cpu *cpu, const struct pb_trace_record *record)
{
    struct trace_entry entry = {*record, cpu->gap};

    if (trace->count == TRACE_MAX) {
        trace->lost++;
        return;
    }
    if (cpu->entries->len > 0) {
        const struct trace_entry *last =
            &g_array_index(cpu->entries, struct trace_entry, cpu->entries->len - 1);
        entry.record.time = MAX(entry.record.time, last->record.time);
    }
    g_array_append_val(cpu->entries, entry);
    cpu->gap = 0;
    trace->count++;
}

static void take_cpu(struct trace *trace, struct trace_cpu *cpu, const struct pb_trace_record *ring)
{
    if (!cpu->begun && !find_first(ring, &cpu->next)) {
        return;
    }
    cpu->begun = true;
    if (later(number_at(ring, cpu->next), cpu->next) > 0) {
        catch_up(trace, cpu, ring);
    }
    while (number_at(ring, cpu->next) == cpu->next) {
        add(trace, cpu, &ring[cpu->next % PB_TRACE_RECORDS]);
        cpu->next = (cpu->next + 1) % NUMBERS;
    }
}

void trace_take(struct trace *trace, const struct pb_trace *memory)
{
    for (unsigned i = 0; i < trace->table.pcpus; i++) {
        take_cpu(trace, &trace->cpu[i], memory->ring[i]);
    }
}

unsigned trace_records(const struct trace *trace)
{
    return trace->count;
}

uint64_t trace_lost(const struct trace *trace)
{
    return trace->lost;
}

double trace_seconds(const struct trace *trace)
{
    uint64_t first = UINT64_MAX, last = 0;

    for (unsigned i = 0; i < PB_MAX_PCPUS; i++) {
        const GArray *entries = trace->cpu[i].entries;

        if (entries->len > 0) {
            first = MIN(first, g_array_index(entries, struct trace_entry, 0).record.time);
            last =
                MAX(last, g_array_index(entries, struct trace_entry, entries->len - 1).record.time);
        }
    }
    return last > first ? (double)(last - first) / (double)trace->hz : 0;
}
