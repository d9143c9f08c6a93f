/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "output.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "../lib/stdio_guard.h"
#include "cli.h"
#include "say.h"

enum { TEXT_MOST = 64 << 20 }; /* bytes of text that become one object */

static GString *pending; /* is written next */
static GString *text;    /* with --json: what was printed as text */
static gboolean json, follows;
static gboolean has_object; /* one was printed */
static gboolean failed;

void output_init(void)
{
    stdio_guard();
    pending = g_string_new(NULL);
    text = g_string_new(NULL);
}

void output_as_json(void)
{
    json = TRUE;
}

void output_follow(void)
{
    follows = TRUE;
}

void output_restore_signal(void)
{
    signal(SIGPIPE, SIG_DFL);
}

void output_printf(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_string_append_vprintf(json ? text : pending, format, args);
    va_end(args);
}

void output_text(const char *words)
{
    g_string_append(json ? text : pending, words);
}

void output_bytes(const void *bytes, gsize length)
{
    g_string_append_len(json ? text : pending, bytes, (gssize)length);
}

void output_object(JsonObject *object)
{
    g_autoptr(JsonNode) node = json_node_init_object(json_node_alloc(), object);
    g_autofree char *line = json_to_string(node, FALSE);

    g_string_append_printf(pending, "%s\n", line);
    has_object = TRUE;
}

/* ---- Text as objects --------------------------------------------------------------------------
 */

static void print_line(const char *line, gsize length)
{
    g_autoptr(JsonObject) object = json_object_new();
    g_autofree char *valid = g_utf8_make_valid(line, (gssize)length);

    json_object_set_string_member(object, "line", valid);
    output_object(object);
}

/* The lines that are whole. */
static void print_lines(void)
{
    const char *line = text->str, *end;

    while ((end = memchr(line, '\n', (gsize)(text->str + text->len - line)))) {
        print_line(line, (gsize)(end - line));
        line = end + 1;
    }
    g_string_erase(text, 0, line - text->str);
}

static void add_text(JsonObject *object)
{
    g_autofree char *bytes = NULL;

    if (g_utf8_validate(text->str, (gssize)text->len, NULL)) {
        json_object_set_string_member(object, "text", text->str);
        return;
    }
    bytes = g_base64_encode((const guchar *)text->str, text->len);
    json_object_set_string_member(object, "base64", bytes);
}

/* What a verb leaves behind that has printed no object, or has failed. */
static void print_end(int code)
{
    g_autoptr(JsonObject) object = json_object_new();
    g_autofree char *message = code ? say_last() : NULL;

    json_object_set_boolean_member(object, "ok", code == EXIT_DONE);
    if (code != EXIT_DONE) {
        json_object_set_int_member(object, "exit", code);
    }
    if (message) {
        json_object_set_string_member(object, "message", message);
    }
    if (text->len > 0) {
        add_text(object);
    }
    output_object(object);
}

/* ---- Writing ----------------------------------------------------------------------------------
 */

static void fail(int number)
{
    if (!failed) {
        say("cannot write the standard output: %s", g_strerror(number));
    }
    failed = TRUE;
}

gboolean output_flush(void)
{
    gsize done = 0;

    if (json && follows) {
        print_lines();
    }
    while (!failed && done < pending->len) {
        gssize written = write(STDOUT_FILENO, pending->str + done, pending->len - done);
        if (written >= 0) {
            done += (gsize)written;
        } else if (errno != EINTR) {
            fail(errno);
        }
    }
    g_string_truncate(pending, 0);
    if (text->len > TEXT_MOST) {
        g_string_truncate(text, 0);
        fail(EFBIG);
    }
    return !failed;
}

int output_end(int code)
{
    if (json && !has_object && !failed) {
        print_end(code);
    }
    gboolean printed = pending->len > 0;

    /* Some file systems tell only now that there was no room. */
    if (output_flush() && printed && close(STDOUT_FILENO) != 0) {
        fail(errno);
    }
    return failed && code == EXIT_DONE ? EXIT_LOCAL : code;
}
