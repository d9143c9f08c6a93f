/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "netrule.h"

#include <arpa/inet.h>
#include <string.h>

#define IPV4_BITS 32
#define IPV6_BITS 128

static const char *const protocols[] = {"any", "tcp", "udp", "icmp", NULL};

G_GNUC_PRINTF(2, 3)
static gboolean refuse(GError **error, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_autofree char *what = g_strdup_vprintf(format, args);
    va_end(args);
    g_set_error_literal(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, what);
    return FALSE;
}

/* PORT or PORT-PORT */
static gboolean parse_ports(const char *text, struct netrule *rule, GError **error)
{
    g_auto(GStrv) part = g_strsplit(text, "-", 2);
    guint64 first = 0, last;

    if (!part[0] || !g_ascii_string_to_unsigned(part[0], 10, 1, NETRULE_PORT_MAX, &first, NULL) ||
        (part[1] &&
         !g_ascii_string_to_unsigned(part[1], 10, first, NETRULE_PORT_MAX, &last, NULL))) {
        return refuse(error, "'%s' is no port, and no range such as 8000-8999", text);
    }
    rule->first = (guint)first;
    rule->last = (guint)(part[1] ? last : first);
    return TRUE;
}

/* The bits behind the first ones are 0. */
static gboolean is_net(const struct netrule *rule)
{
    for (guint bit = rule->bits; bit < 8 * sizeof(rule->address); bit++) {
        if (rule->address[bit / 8] & 0x80u >> bit % 8) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean parse_bits(const char *text, struct netrule *rule, GError **error)
{
    const guint most = rule->to == NETRULE_IPV4 ? IPV4_BITS : IPV6_BITS;
    guint64 bits = most;

    if (text && !g_ascii_string_to_unsigned(text, 10, 0, most, &bits, NULL)) {
        return refuse(error, "'/%s' is no number of bits from 0 to %u", text, most);
    }
    rule->bits = (guint)bits;
    return is_net(rule) ||
           refuse(error, "the address has more than its first %u bits; set the others to 0",
                  rule->bits);
}

/* ADDRESS[/BITS], host or dns; or nothing */
static gboolean parse_place(const char *text, struct netrule *rule, GError **error)
{
    g_auto(GStrv) part = g_strsplit(text, "/", 2);

    if (!*text) {
        return TRUE;
    }
    if (!strcmp(text, "host") || !strcmp(text, "dns")) {
        rule->to = *text == 'h' ? NETRULE_HOST : NETRULE_DNS;
        return TRUE;
    }
    if (inet_pton(AF_INET, part[0], rule->address) == 1) {
        rule->to = NETRULE_IPV4;
    } else if (inet_pton(AF_INET6, part[0], rule->address) == 1) {
        rule->to = NETRULE_IPV6;
    } else {
        return refuse(error, "'%s' is neither an IP address nor host or dns; no names", part[0]);
    }
    return parse_bits(part[1], rule, error);
}

/* PLACE, :PORTS or PLACE:PORTS, in which an IPv6 address is in brackets. */
static gboolean parse_destination(const char *text, struct netrule *rule, GError **error)
{
    const char *open = *text == '[' ? text + 1 : text;
    const char *close = *text == '[' ? strchr(text, ']') : NULL;
    const char *colon = strchr(close ? close : text, ':');
    g_autofree char *place = NULL;

    if (open != text && !close) {
        return refuse(error, "'%s' lacks a ']'", text);
    }
    if (!close && colon && strchr(colon + 1, ':')) {
        colon = NULL; /* all of them are the address's */
    }
    if (close) {
        place = g_strdup_printf("%.*s%.*s", (int)(close - open), open,
                                (int)(colon ? colon - close - 1 : G_MAXINT16), close + 1);
    } else {
        place = colon ? g_strndup(text, (gsize)(colon - text)) : g_strdup(text);
    }
    return parse_place(place, rule, error) && (!colon || parse_ports(colon + 1, rule, error));
}

static gboolean parse_protocol(const char *text, struct netrule *rule)
{
    for (guint i = 0; text && protocols[i]; i++) {
        if (!strcmp(protocols[i], text)) {
            rule->protocol = (enum netrule_protocol)i;
            return TRUE;
        }
    }
    return FALSE;
}

/* The words of a text; NULL at the end. */
static GStrv split(const char *text)
{
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    g_auto(GStrv) part = g_strsplit_set(text, " \t", -1);

    for (guint i = 0; part[i]; i++) {
        if (*part[i]) {
            g_strv_builder_add(builder, part[i]);
        }
    }
    return g_strv_builder_end(builder);
}

static gboolean check(const struct netrule *rule, GError **error)
{
    const gboolean ports = rule->first || rule->last != NETRULE_PORT_MAX;

    return !ports || rule->protocol != NETRULE_ICMP || refuse(error, "icmp has no ports");
}

gboolean netrule_parse(const char *text, struct netrule *rule, GError **error)
{
    g_auto(GStrv) words = split(text);
    char **word = words;

    *rule = (struct netrule){.last = NETRULE_PORT_MAX};
    if (!*word || (strcmp(*word, "block") != 0 && strcmp(*word, "allow") != 0)) {
        return refuse(error, "'%s' does not begin with block or allow", text);
    }
    rule->allow = **word++ == 'a';
    if (!*word) {
        return refuse(error, "'%s' does not say what: tcp, udp, icmp or any, ADDRESS[/BITS], :PORT",
                      text);
    }
    word += parse_protocol(*word, rule);
    if (*word && !parse_destination(*word++, rule, error)) {
        return FALSE;
    }
    if (*word) {
        return refuse(error, "'%s' is one word too many", *word);
    }
    return check(rule, error);
}

/* ---- Text ------------------------------------------------------------------------------------ */

static void print_place(GString *text, const struct netrule *rule, gboolean ports)
{
    const gboolean v6 = rule->to == NETRULE_IPV6;
    char address[INET6_ADDRSTRLEN];

    if (rule->to == NETRULE_HOST || rule->to == NETRULE_DNS) {
        g_string_append(text, rule->to == NETRULE_HOST ? "host" : "dns");
        return;
    }
    inet_ntop(v6 ? AF_INET6 : AF_INET, rule->address, address, sizeof(address));
    g_string_append_printf(text, v6 && ports ? "[%s]" : "%s", address);
    if (rule->bits < (v6 ? IPV6_BITS : IPV4_BITS)) {
        g_string_append_printf(text, "/%u", rule->bits);
    }
}

char *netrule_print(const struct netrule *rule)
{
    const gboolean ports = rule->first || rule->last != NETRULE_PORT_MAX;
    const gboolean anywhere = rule->to == NETRULE_ANYWHERE;
    GString *text = g_string_new(rule->allow ? "allow" : "block");

    if (rule->protocol != NETRULE_ANY || (anywhere && !ports)) {
        g_string_append_printf(text, " %s", protocols[rule->protocol]);
    }
    if (!anywhere || ports) {
        g_string_append_c(text, ' ');
    }
    if (!anywhere) {
        print_place(text, rule, ports);
    }
    if (ports) {
        g_string_append_printf(text, ":%u", rule->first);
    }
    if (rule->last != rule->first && ports) {
        g_string_append_printf(text, "-%u", rule->last);
    }
    return g_string_free(text, FALSE);
}

/* ---- Lists ----------------------------------------------------------------------------------- */

static gboolean is_same(const struct netrule *a, const struct netrule *b)
{
    return a->protocol == b->protocol && a->to == b->to && a->bits == b->bits &&
           a->first == b->first && a->last == b->last &&
           !memcmp(a->address, b->address, sizeof(a->address));
}

gboolean netrule_remove(GArray *list, const struct netrule *rule)
{
    for (guint i = 0; i < list->len; i++) {
        if (is_same(&g_array_index(list, struct netrule, i), rule)) {
            g_array_remove_index(list, i);
            return TRUE;
        }
    }
    return FALSE;
}

gboolean netrule_add(GArray *list, const struct netrule *rule)
{
    netrule_remove(list, rule);
    if (list->len >= NETRULE_MAX) {
        return FALSE;
    }
    g_array_append_val(list, *rule);
    return TRUE;
}

GArray *netrule_list(const char *text, GError **error)
{
    g_autoptr(GArray) list = g_array_new(FALSE, FALSE, sizeof(struct netrule));
    g_auto(GStrv) part = g_strsplit(text, ";", -1);

    for (guint i = 0; part[i]; i++) {
        struct netrule rule;

        if (!*g_strstrip(part[i])) {
            continue;
        }
        if (!netrule_parse(part[i], &rule, error)) {
            return NULL;
        }
        if (!netrule_add(list, &rule)) {
            refuse(error, "more than %d rules", NETRULE_MAX);
            return NULL;
        }
    }
    return g_steal_pointer(&list);
}
