/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Process 1 of the file has a thread per physical CPU: which vCPU it runs, or that it is idle. One
 * process per VM has a thread per vCPU: on which CPU it runs, and an instant for each exit to EL2,
 * put where EL2 was left again. Times are microseconds since the first record.
 */
#include "phone/trace_private.h"

#include <inttypes.h>

#define PID_CPUS  1u
#define PID_VM(n) ((n) + 2)
#define NOTHING   UINT32_MAX

/* ESR_EL2.EC */
#define EC_SYSREG 0x18
#define EC_IABT   0x20
#define EC_DABT   0x24

static const char *const classes[64] = {
    [0x01] = "wfx",        [0x03] = "cp15",   [0x04] = "cp15",
    [0x05] = "cp14",       [0x06] = "cp14",   [0x07] = "fp",
    [0x08] = "vmrs",       [0x0c] = "cp14",   [0x0e] = "illegal-state",
    [0x12] = "hvc",        [0x13] = "smc",    [0x16] = "hvc",
    [0x17] = "smc",        [0x18] = "sysreg", [0x20] = "instruction-abort",
    [0x24] = "data-abort",
};

struct printer {
    const struct trace *trace;
    FILE *out;
    uint64_t start;                 /* counter at 0 us */
    bool comma;                     /* an event stands before */
    unsigned next[PB_MAX_PCPUS];    /* entry */
    uint32_t running[PB_MAX_PCPUS]; /* vCPU, PB_TRACE_IDLE, NOTHING: not known */
};

/* A thread of the file. */
struct place {
    unsigned pid, tid;
};

static struct place cpu_place(unsigned cpu)
{
    return (struct place){PID_CPUS, cpu + 1};
}

static struct place vcpu_place(const struct trace *trace, uint32_t vcpu)
{
    const struct pb_vcpu *v = &trace->table.vcpu[vcpu];
    return (struct place){PID_VM(v->vm), v->index + 1};
}

/* Names in a table are a file's: what would end a JSON string is left out. */
static const char *vm_name(const struct trace *trace, unsigned vm, char name[16])
{
    unsigned length = 0;

    for (unsigned i = 0; vm < PB_MAX_VMS && i < 16 && trace->table.vm[vm].name[i]; i++) {
        char c = trace->table.vm[vm].name[i];

        if (length < 15 && (g_ascii_isalnum(c) || c == '-' || c == '_')) {
            name[length++] = c;
        }
    }
    name[length] = '\0';
    return name;
}

/* An event up to its own members; the caller goes on and prints the closing brace. */
static void begin(struct printer *p, const char *phase, struct place at)
{
    fprintf(p->out, "%s\n{\"ph\":\"%s\",\"pid\":%u,\"tid\":%u", p->comma ? "," : "", phase, at.pid,
            at.tid);
    p->comma = true;
}

static void begin_at(struct printer *p, const char *phase, struct place at, uint64_t time)
{
    uint64_t ticks = time - p->start, hz = p->trace->hz;
    uint64_t ns = ticks / hz * 1000000000 + ticks % hz * 1000000000 / hz;

    begin(p, phase, at);
    fprintf(p->out, ",\"ts\":%" PRIu64 ".%03" PRIu64, ns / 1000, ns % 1000);
}

static void name_thread(struct printer *p, const char *what, struct place at, const char *name,
                        unsigned number)
{
    begin(p, "M", at);
    fprintf(p->out, ",\"name\":\"%s\",\"args\":{\"name\":\"%s %u\"}}", what, name, number);
}

static void name_process(struct printer *p, unsigned pid, const char *name)
{
    begin(p, "M", (struct place){pid, 0});
    fprintf(p->out, ",\"name\":\"process_name\",\"args\":{\"name\":\"%s\"}}", name);
    begin(p, "M", (struct place){pid, 0});
    fprintf(p->out, ",\"name\":\"process_sort_index\",\"args\":{\"sort_index\":%u}}", pid);
}

static void print_names(struct printer *p)
{
    const struct pb_table *table = &p->trace->table;
    char name[16];

    name_process(p, PID_CPUS, "CPUs");
    for (unsigned i = 0; i < table->pcpus; i++) {
        name_thread(p, "thread_name", cpu_place(i), "CPU", i);
    }
    for (unsigned i = 0; i < table->vm_count; i++) {
        name_process(p, PID_VM(i), vm_name(p->trace, i, name));
    }
    for (unsigned i = 0; i < table->vcpu_count; i++) {
        name_thread(p, "thread_name", vcpu_place(p->trace, i), "vCPU", table->vcpu[i].index);
    }
}

static bool is_vcpu(const struct trace *trace, uint32_t who)
{
    return who < trace->table.vcpu_count;
}

/* What runs on a CPU begins (B) or ends (E), on the CPU's thread and on the vCPU's. */
static void print_slice(struct printer *p, const char *phase, unsigned cpu, uint32_t who,
                        uint64_t time)
{
    char name[16];

    if (who == NOTHING) {
        return;
    }
    begin_at(p, phase, cpu_place(cpu), time);
    if (!is_vcpu(p->trace, who)) {
        fprintf(p->out, ",\"cat\":\"idle\",\"name\":\"idle\"}");
        return;
    }
    fprintf(p->out, ",\"cat\":\"run\",\"name\":\"%s/%u\"}",
            vm_name(p->trace, p->trace->table.vcpu[who].vm, name), p->trace->table.vcpu[who].index);
    begin_at(p, phase, vcpu_place(p->trace, who), time);
    fprintf(p->out, ",\"cat\":\"run\",\"name\":\"CPU %u\"}", cpu);
}

static void print_register(struct printer *p, uint32_t iss)
{
    fprintf(p->out, ",\"register\":\"S%u_%u_C%u_C%u_%u\",\"write\":%s", iss >> 20 & 3,
            iss >> 14 & 7, iss >> 10 & 15, iss >> 1 & 15, iss >> 17 & 7,
            iss & 1 ? "false" : "true");
}

static void print_exit(struct printer *p, uint32_t who, const struct pb_trace_record *record)
{
    unsigned class = record->esr >> 26;
    const char *name = classes[class] ? classes[class] : "undefined";

    begin_at(p, "i", vcpu_place(p->trace, who), record->time);
    fprintf(p->out, ",\"s\":\"t\",\"cat\":\"exit\",\"name\":\"%s\",\"args\":{\"esr\":\"0x%x\"",
            record->esr ? name : "irq", record->esr);
    if (PB_TRACE_VCPU(record->tag) == who) {
        fprintf(p->out, ",\"pc\":\"0x%" PRIx64 "\"", record->pc);
    }
    if (record->esr && class == EC_SYSREG) {
        print_register(p, record->esr);
    } else if (class == EC_IABT || class == EC_DABT) {
        fprintf(p->out, ",\"ipa_page\":\"0x%" PRIx64 "\"", (record->hpfar & 0xffffffffff0) << 8);
    }
    fprintf(p->out, "}}");
}

static void print_gap(struct printer *p, unsigned cpu, const struct trace_entry *entry)
{
    print_slice(p, "E", cpu, p->running[cpu], entry->record.time);
    p->running[cpu] = NOTHING;
    begin_at(p, "i", cpu_place(cpu), entry->record.time);
    fprintf(p->out, ",\"s\":\"t\",\"cat\":\"lost\",\"name\":\"%u records lost\"}", entry->gap);
}

static void print_entry(struct printer *p, unsigned cpu, const struct trace_entry *entry)
{
    uint32_t who = PB_TRACE_VCPU(entry->record.tag);

    if (entry->gap) {
        print_gap(p, cpu, entry);
    }
    if (is_vcpu(p->trace, p->running[cpu])) {
        print_exit(p, p->running[cpu], &entry->record);
    }
    if (who != p->running[cpu]) {
        print_slice(p, "E", cpu, p->running[cpu], entry->record.time);
        print_slice(p, "B", cpu, who, entry->record.time);
        p->running[cpu] = who;
    }
}

/* The earliest entry that is not printed yet. NULL: none. */
static const struct trace_entry *earliest(const struct printer *p, unsigned *cpu)
{
    const struct trace_entry *found = NULL;

    for (unsigned i = 0; i < PB_MAX_PCPUS; i++) {
        const GArray *entries = p->trace->cpu[i].entries;
        const struct trace_entry *entry =
            p->next[i] < entries->len ? &g_array_index(entries, struct trace_entry, p->next[i])
                                      : NULL;

        if (entry && (!found || entry->record.time < found->record.time)) {
            found = entry;
            *cpu = i;
        }
    }
    return found;
}

/* By these others can put what they know of a VM on the same timeline. */
static void print_clocks(struct printer *p)
{
    const char *comma = "";
    char name[16];

    fprintf(p->out, ",\"counter_start\":%" PRIu64 ",\"clocks\":{", p->start);
    for (unsigned i = 0; i < p->trace->table.vm_count; i++) {
        if (p->trace->clock[i].votes > 0) {
            fprintf(p->out, "%s\"%s\":{\"offset\":%" PRIu64 ",\"pid\":%u}", comma,
                    vm_name(p->trace, i, name), p->trace->clock[i].offset, PID_VM(i));
            comma = ",";
        }
    }
    fprintf(p->out, "}");
}

static void print_events(struct printer *p)
{
    const struct trace_entry *entry;
    uint64_t end = 0;
    unsigned cpu;

    entry = earliest(p, &cpu);
    for (; entry; entry = earliest(p, &cpu)) {
        print_entry(p, cpu, entry);
        end = entry->record.time;
        p->next[cpu]++;
    }
    for (unsigned i = 0; i < PB_MAX_PCPUS; i++) {
        print_slice(p, "E", i, p->running[i], end);
    }
}

void trace_print(const struct trace *trace, FILE *out)
{
    struct printer p = {.trace = trace, .out = out};

    const struct trace_entry *first;
    unsigned cpu;

    for (unsigned i = 0; i < PB_MAX_PCPUS; i++) {
        p.running[i] = NOTHING;
    }
    first = earliest(&p, &cpu);
    p.start = first ? first->record.time : 0;
    fprintf(out,
            "{\"displayTimeUnit\":\"ns\",\"otherData\":{\"counter_hz\":%" PRIu64
            ",\"records\":%u,\"lost\":%" PRIu64,
            trace->hz, trace->count, trace->lost);
    print_clocks(&p);
    fprintf(out, "},\"traceEvents\":[");
    print_names(&p);
    print_events(&p);
    fprintf(out, "\n]}\n");
}
