/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "ftrace.h"

#include <string.h>

#include "ftrace_line.h"
#include "ftrace_write.h"

/* What a CPU is in, from the outside to the inside. */
enum level { TASK, SOFTIRQ, IRQ, LEVELS };

static const char *const categories[LEVELS] = {"task", "softirq", "irq"};

struct slice {
    char *name; /* NULL: it is in none */
    gint64 begin_ns;
};

struct cpu {
    gboolean named, switched; /* it is in the file; a switch of tasks was seen */
    struct slice slice[LEVELS];
};

struct reader {
    struct ftrace_writer writer;
    struct cpu cpu[FTRACE_CPUS];
    gint64 first_ns, last_ns;
    GHashTable *depth; /* of a program's thread: how many of its slices are open */
};

/* ---- The kernel -------------------------------------------------------------------------------
 */

static void end_slice(struct reader *reader, guint cpu, enum level level, gint64 time_ns)
{
    struct slice *slice = &reader->cpu[cpu].slice[level];

    if (slice->name != NULL) {
        ftrace_write_slice(&reader->writer, cpu, categories[level], slice->name, slice->begin_ns,
                           time_ns);
        g_clear_pointer(&slice->name, g_free);
    }
}

/* Takes the name; what is inside ends with what is around it, as it does when records are lost. */
static void begin_slice(struct reader *reader, guint cpu, enum level level, char *name,
                        gint64 time_ns)
{
    for (int inner = LEVELS - 1; inner >= (int)level; inner--) {
        end_slice(reader, cpu, (enum level)inner, time_ns);
    }
    reader->cpu[cpu].slice[level] = (struct slice){name, time_ns};
}

/* "NAME PID"; NULL: the CPU is idle. */
static char *task_name(const char *name, const char *pid)
{
    return strcmp(pid, "0") == 0 ? NULL : g_strdup_printf("%s %s", name, pid);
}

static void on_switch(struct reader *reader, const struct ftrace_line *line)
{
    struct cpu *cpu = &reader->cpu[line->cpu];
    g_autofree char *before = ftrace_line_between(line, "prev_comm=", " prev_pid=");
    g_autofree char *before_pid = ftrace_line_between(line, " prev_pid=", " prev_prio=");
    g_autofree char *name = ftrace_line_between(line, "next_comm=", " next_pid=");
    g_autofree char *pid = ftrace_line_between(line, " next_pid=", " next_prio=");

    if (before == NULL || before_pid == NULL || name == NULL || pid == NULL) {
        return;
    }
    if (!cpu->switched) { /* it has run since before the first record */
        cpu->slice[TASK] = (struct slice){task_name(before, before_pid), reader->first_ns};
        cpu->switched = TRUE;
    }
    begin_slice(reader, line->cpu, TASK, task_name(name, pid), line->time_ns);
}

static void on_irq(struct reader *reader, const struct ftrace_line *line)
{
    g_autofree char *number = ftrace_line_between(line, "irq=", " name=");
    g_autofree char *name = ftrace_line_between(line, " name=", NULL);

    if (number != NULL && name != NULL) {
        begin_slice(reader, line->cpu, IRQ, g_strdup_printf("irq %s %s", number, name),
                    line->time_ns);
    }
}

static void on_softirq(struct reader *reader, const struct ftrace_line *line)
{
    g_autofree char *name = ftrace_line_between(line, "[action=", "]");

    if (name != NULL) {
        begin_slice(reader, line->cpu, SOFTIRQ, g_strdup_printf("softirq %s", name), line->time_ns);
    }
}

static void on_irq_end(struct reader *reader, const struct ftrace_line *line)
{
    end_slice(reader, line->cpu, IRQ, line->time_ns);
}

static void on_softirq_end(struct reader *reader, const struct ftrace_line *line)
{
    end_slice(reader, line->cpu, IRQ, line->time_ns);
    end_slice(reader, line->cpu, SOFTIRQ, line->time_ns);
}

/* ---- Marks ------------------------------------------------------------------------------------
 */

/* The words of "B|12|name"; NULL: the text is not of that form. */
static char **parts_of(const char *text, char letter, int parts)
{
    if (text[0] != letter || (text[1] != '|' && !(letter == 'E' && text[1] == '\0'))) {
        return NULL;
    }
    char **words = g_strsplit(text, "|", parts);
    if (letter != 'E' && (int)g_strv_length(words) < parts) {
        g_clear_pointer(&words, g_strfreev);
    }
    return words;
}

static void on_mark(struct reader *reader, const struct ftrace_line *line)
{
    g_autofree char *text = g_strchomp(g_strndup(line->rest, line->rest_length));
    g_auto(GStrv) begins = parts_of(text, 'B', 3);
    g_auto(GStrv) ends = parts_of(text, 'E', 2);
    g_auto(GStrv) counts = parts_of(text, 'C', 4);
    gpointer thread = GUINT_TO_POINTER(line->thread);
    guint depth = GPOINTER_TO_UINT(g_hash_table_lookup(reader->depth, thread));

    if (!g_hash_table_contains(reader->depth, thread)) {
        ftrace_write_thread(&reader->writer, line);
    }
    if (begins != NULL) {
        ftrace_write_mark(&reader->writer, line, "B", begins[2]);
        depth++;
    } else if (ends != NULL && depth > 0) {
        ftrace_write_mark(&reader->writer, line, "E", "");
        depth--;
    } else if (counts != NULL) {
        ftrace_write_count(&reader->writer, line, counts[2], g_ascii_strtoll(counts[3], NULL, 10));
    } else if (ends == NULL) {
        ftrace_write_mark(&reader->writer, line, "i", text);
    }
    g_hash_table_insert(reader->depth, thread, GUINT_TO_POINTER(depth));
}

/* ---- All of it --------------------------------------------------------------------------------
 */

static const struct {
    const char *event;
    void (*act)(struct reader *reader, const struct ftrace_line *line);
    gboolean is_mark;
} acts[] = {
    {"sched_switch", on_switch, FALSE},
    {"irq_handler_entry", on_irq, FALSE},
    {"irq_handler_exit", on_irq_end, FALSE},
    {"softirq_entry", on_softirq, FALSE},
    {"softirq_exit", on_softirq_end, FALSE},
    {"tracing_mark_write", on_mark, TRUE},
    {"print", on_mark, TRUE},
};

static void read_line(struct reader *reader, const struct ftrace_line *line)
{
    for (guint i = 0; i < G_N_ELEMENTS(acts); i++) {
        if (!ftrace_line_is(line, acts[i].event)) {
            continue;
        }
        if (reader->first_ns < 0) {
            reader->first_ns = line->time_ns;
        }
        reader->last_ns = line->time_ns;
        if (!acts[i].is_mark && !reader->cpu[line->cpu].named) {
            reader->cpu[line->cpu].named = TRUE;
            ftrace_write_cpu(&reader->writer, line->cpu);
        }
        acts[i].act(reader, line);
        return;
    }
}

/* "# entries-in-buffer/entries-written: 140/2100   #P:4" */
static guint64 lost_by(const char *text)
{
    static const char head[] = "# entries-in-buffer/entries-written: ";
    const char *at = strstr(text, head);
    char *slash = NULL;

    if (at == NULL) {
        return 0;
    }
    guint64 kept = g_ascii_strtoull(at + strlen(head), &slash, 10);
    guint64 written = *slash == '/' ? g_ascii_strtoull(slash + 1, NULL, 10) : kept;
    return written > kept ? written - kept : 0;
}

static void finish(struct reader *reader)
{
    GHashTableIter all;
    gpointer thread, depth;

    for (guint cpu = 0; cpu < FTRACE_CPUS; cpu++) {
        begin_slice(reader, cpu, TASK, NULL, reader->last_ns);
    }
    g_hash_table_iter_init(&all, reader->depth);
    while (g_hash_table_iter_next(&all, &thread, &depth)) {
        const struct ftrace_line end = {.thread = GPOINTER_TO_UINT(thread),
                                        .time_ns = reader->last_ns};
        for (guint open = GPOINTER_TO_UINT(depth); open > 0; open--) {
            ftrace_write_mark(&reader->writer, &end, "E", "");
        }
    }
}

struct ftrace_result ftrace_events(const char *text, const struct ftrace_place *place, GString *out)
{
    struct reader *reader = g_new0(struct reader, 1);
    guint64 lost = lost_by(text);
    struct ftrace_line line;

    reader->writer = (struct ftrace_writer){.place = place, .out = out};
    reader->first_ns = -1;
    reader->depth = g_hash_table_new(NULL, NULL);
    ftrace_write_processes(&reader->writer);
    while (*text != '\0') {
        gsize length = strcspn(text, "\n");
        if (ftrace_line_read(text, length, &line)) {
            read_line(reader, &line);
        }
        text += length + (text[length] == '\n');
    }
    finish(reader);
    const struct ftrace_result result = {reader->writer.events, lost};
    g_hash_table_unref(reader->depth);
    g_free(reader);
    return result;
}
