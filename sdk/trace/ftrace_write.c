/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "ftrace_write.h"

/* Text of a guest's as a string of JSON. */
static void add_string(GString *out, const char *text, gssize length)
{
    g_autofree char *valid = g_utf8_make_valid(text, length);

    g_string_append_c(out, '"');
    for (const char *at = valid; *at != '\0'; at++) {
        if (*at == '"' || *at == '\\') {
            g_string_append_c(out, '\\');
            g_string_append_c(out, *at);
        } else if (g_ascii_iscntrl(*at)) {
            g_string_append_printf(out, "\\u%04x", (guint)*at);
        } else {
            g_string_append_c(out, *at);
        }
    }
    g_string_append_c(out, '"');
}

/* Decimal with a point, whatever the user's language. */
static void add_us(GString *out, const char *member, double us)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];

    g_ascii_formatd(text, sizeof(text), "%.3f", us);
    g_string_append_printf(out, ",\"%s\":%s", member, text);
}

/* When the timeline is, which begins with EL2's first record: not before. */
static double us_at(const struct ftrace_writer *writer, gint64 time_ns)
{
    const struct ftrace_place *place = writer->place;

    return MAX(0, place->origin_us + (double)(time_ns - place->origin_ns) / 1000);
}

static void begin(struct ftrace_writer *writer, const char *phase, guint process, guint thread)
{
    g_string_append_printf(writer->out, ",\n{\"ph\":\"%s\",\"pid\":%u,\"tid\":%u", phase, process,
                           thread);
}

static void name_process(struct ftrace_writer *writer, guint process, const char *what)
{
    g_autofree char *name = g_strdup_printf("%s: %s", writer->place->vm, what);

    begin(writer, "M", process, 0);
    g_string_append(writer->out, ",\"name\":\"process_name\",\"args\":{\"name\":");
    add_string(writer->out, name, -1);
    g_string_append(writer->out, "}}");
    begin(writer, "M", process, 0);
    g_string_append_printf(
        writer->out, ",\"name\":\"process_sort_index\",\"args\":{\"sort_index\":%u}}", process);
}

static void name_thread(struct ftrace_writer *writer, guint process, guint thread, const char *name)
{
    begin(writer, "M", process, thread);
    g_string_append(writer->out, ",\"name\":\"thread_name\",\"args\":{\"name\":");
    add_string(writer->out, name, -1);
    g_string_append(writer->out, "}}");
}

void ftrace_write_processes(struct ftrace_writer *writer)
{
    name_process(writer, FTRACE_KERNEL(writer->place->process), "kernel");
    name_process(writer, FTRACE_MARKS(writer->place->process), "marks");
}

void ftrace_write_cpu(struct ftrace_writer *writer, guint cpu)
{
    g_autofree char *name = g_strdup_printf("CPU %u", cpu);

    name_thread(writer, FTRACE_KERNEL(writer->place->process), cpu + 1, name);
}

void ftrace_write_thread(struct ftrace_writer *writer, const struct ftrace_line *line)
{
    g_autofree char *name =
        g_strdup_printf("%.*s %u", (int)line->task_length, line->task, line->thread);

    name_thread(writer, FTRACE_MARKS(writer->place->process), line->thread, name);
}

void ftrace_write_slice(struct ftrace_writer *writer, guint cpu, const char *category,
                        const char *name, gint64 begin_ns, gint64 end_ns)
{
    double begin_us = us_at(writer, begin_ns), end_us = us_at(writer, end_ns);

    begin(writer, "X", FTRACE_KERNEL(writer->place->process), cpu + 1);
    add_us(writer->out, "ts", begin_us);
    add_us(writer->out, "dur", MAX(0, end_us - begin_us));
    g_string_append_printf(writer->out, ",\"cat\":\"%s\",\"name\":", category);
    add_string(writer->out, name, -1);
    g_string_append_c(writer->out, '}');
    writer->events++;
}

void ftrace_write_mark(struct ftrace_writer *writer, const struct ftrace_line *line,
                       const char *phase, const char *name)
{
    begin(writer, phase, FTRACE_MARKS(writer->place->process), line->thread);
    add_us(writer->out, "ts", us_at(writer, line->time_ns));
    if (phase[0] == 'i') {
        g_string_append(writer->out, ",\"s\":\"t\"");
    }
    if (phase[0] != 'E') {
        g_string_append_printf(writer->out, ",\"args\":{\"cpu\":%u},\"name\":", line->cpu);
        add_string(writer->out, name, -1);
    }
    g_string_append_c(writer->out, '}');
    writer->events++;
}

void ftrace_write_count(struct ftrace_writer *writer, const struct ftrace_line *line,
                        const char *name, gint64 value)
{
    begin(writer, "C", FTRACE_MARKS(writer->place->process), line->thread);
    add_us(writer->out, "ts", us_at(writer, line->time_ns));
    g_string_append(writer->out, ",\"name\":");
    add_string(writer->out, name, -1);
    g_string_append_printf(writer->out, ",\"args\":{\"value\":%" G_GINT64_FORMAT "}}", value);
    writer->events++;
}
