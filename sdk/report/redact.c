/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "redact.h"

#include <string.h>

#define NAMES                                                                           \
    "pass(?:word|wd|phrase|code)|secret|token|api[_-]?key|access[_-]?key|credentials?|" \
    "authori[sz]ation|cookie|private[_-]?key|session[_-]?id|"                           \
    "(?<![a-z])(?:pass|psk|pin|puk|imsi|imei|iccid)"

static const struct {
    const char *pattern, *with;
} rules[] = {
    /* Keys of SSH, TLS, PGP; one that is cut off goes to the end. */
    {"(?s)-----BEGIN [A-Z ]*PRIVATE KEY[A-Z ]*-----.*?(?:-----END [A-Z ]*-----|\\z)", REDACTED},
    /* https://user:word@host */
    {"(\\w+://)[^/\\s:@]*:[^/\\s@]+@", "\\1" REDACTED "@"},
    /* Authorization: Bearer ... */
    {"(?i)\\b(bearer|basic|digest)\\s+[\\w.~+/=-]{8,}", "\\1 " REDACTED},
    /* "a_token": "...", TOKEN='...' */
    {"(?i)((?:^|[^a-z])[\\w.-]*?(?:" NAMES ")(?:[_.-]\\w+)?[\"']?\\s*[:=]+\\s*)"
     "(\"(?:[^\"\\\\\\n]|\\\\.)*\"|'[^'\\n]*'|[^\\s,;&\"'}\\])]+)",
     "\\1" REDACTED},
    /* --password ... */
    {"(?i)(--?[\\w-]*(?:" NAMES ")[\\w-]*\\s+)(\"[^\"\\n]*\"|'[^'\\n]*'|[^\\s-]\\S*)",
     "\\1" REDACTED},
    /* the PIN is 1234; enter PIN 1234 */
    {"(?i)\\b((?:pin|puk|passcode|password)\\b(?:\\s+(?:is|was|code))*\\s+)(\\d{3,}|\"[^\"\\n]+\")",
     "\\1" REDACTED},
    /* Tokens of known services, and of JSON Web Tokens */
    {"\\b(?:gh[pousr]_\\w{20,}|github_pat_\\w{20,}|glpat-[\\w-]{16,}|AKIA[0-9A-Z]{16}|"
     "xox[abprs]-[\\w-]{10,}|sk-[\\w-]{20,}|eyJ[\\w-]{8,}\\.[\\w-]{8,}\\.[\\w-]*)",
     REDACTED},
    /* What has small and large letters and digits, and no end: base64 of something */
    {"(?<![\\w+/.-])(?=[\\w+]*[a-z])(?=[\\w+]*[A-Z])(?=[\\w+]*\\d)[\\w+]{32,}={0,2}(?![\\w/.-])",
     REDACTED},
};

static char *replace(char *text, const char *pattern, const char *with)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GRegex) regex = g_regex_new(pattern, G_REGEX_MULTILINE | G_REGEX_OPTIMIZE, 0, &error);
    char *out;

    g_assert_no_error(error);
    out = g_regex_replace(regex, text, -1, 0, with, 0, &error);
    if (out == NULL) { /* what cannot be searched cannot be given away */
        out = g_strdup_printf("[left out: %s]\n", error->message);
    }
    g_free(text);
    return out;
}

/* The name of whoever it is, where it stands as a word; a short one is a word of its own. */
static char *replace_user(char *text)
{
    const char *home = g_get_home_dir(), *user = g_get_user_name();
    g_autofree char *word = g_regex_escape_string(user, -1);
    g_autofree char *pattern = g_strdup_printf("\\b%s\\b", word);

    if (strlen(home) > 1) {
        GString *out = g_string_new(text);
        g_string_replace(out, home, "~", 0);
        g_free(text);
        text = g_string_free(out, FALSE);
    }
    return strlen(user) > 3 && strcmp(user, "root") != 0 ? replace(text, pattern, "USER") : text;
}

char *redact(const char *text, gsize length)
{
    char *out = g_utf8_make_valid(text, (gssize)length);

    for (gsize i = 0; i < G_N_ELEMENTS(rules); i++) {
        out = replace(out, rules[i].pattern, rules[i].with);
    }
    return replace_user(out);
}
