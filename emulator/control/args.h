/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What members a verb takes, and the check of a request against it. Pure. */
#ifndef CONTROL_ARGS_H
#define CONTROL_ARGS_H

#include <json-glib/json-glib.h>
#include <stdbool.h>

enum arg_type {
    ARG_INT,    /* a whole number, min..max */
    ARG_NUMBER, /* any number, min..max */
    ARG_BOOL,
    ARG_STRING, /* at most max bytes */
    ARG_PATH,   /* an absolute path of at most max bytes */
    ARG_CHOICE, /* one of `choices` */
    ARG_NAME,   /* a string of at most 64 bytes, or a whole number: a VM, a key */
    ARG_NAMES,  /* a list of at most 32 such */
};

struct arg {
    const char *name; /* NULL ends a list of them */
    enum arg_type type;
    bool required;
    double min, max;
    const char *const *choices; /* NULL-terminated */
    const char *preset;         /* its value when it is absent, as JSON; NULL: none */
};

/* NULL: the request fits. Else what is wrong, in words; free with g_free(). */
char *args_check(JsonObject *request, const struct arg *args);

/* Gives members that are absent their preset values. */
void args_fill(JsonObject *request, const struct arg *args);

/* Members that args_check() has passed; `fallback` when absent, which a preset prevents. */
gint64 args_int(JsonObject *request, const char *name, gint64 fallback);
double args_number(JsonObject *request, const char *name, double fallback);
bool args_bool(JsonObject *request, const char *name, bool fallback);
const char *args_string(JsonObject *request, const char *name, const char *fallback);
bool args_has(JsonObject *request, const char *name);

/* ARG_NAME as text, a number in decimal; free with g_free(). NULL when absent. */
char *args_name(JsonObject *request, const char *name);

/* ARG_NAMES as texts; free with g_strfreev(). NULL when absent. */
char **args_names(JsonObject *request, const char *name);

#endif
