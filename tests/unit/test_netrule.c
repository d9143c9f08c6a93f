/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Rules of a firewall: what is one, what text it has, and lists of them. */
#include <CUnit/Basic.h>
#include <stdlib.h>
#include <string.h>

#include "netrule.h"
#include "suite.h"

/* What is written, and the text that it has; NULL: the same. */
static void test_rules(void)
{
    static const char *const rules[][2] = {
        {"block any", NULL},
        {"allow tcp", NULL},
        {"block icmp", NULL},
        {"block 10.0.2.2", NULL},
        {"allow udp 10.0.2.3:53", NULL},
        {"allow tcp 192.0.2.0/24:443", NULL},
        {"block :25", NULL},
        {"block tcp :1-1023", NULL},
        {"block host", NULL},
        {"block tcp host:8000-8999", NULL},
        {"allow dns", NULL},
        {"allow 2001:db8::1", NULL},
        {"allow 2001:db8::/32", NULL},
        {"allow tcp [2001:db8::1]:443", NULL},
        {"allow [2001:db8::]/32:443", "allow [2001:db8::]/32:443"},
        {"allow [2001:db8::]/32", "allow 2001:db8::/32"},
        {"  block \t any   192.0.2.7/32 ", "block 192.0.2.7"},
        {"block any :80-80", "block :80"},
        {"block 0.0.0.0/0", NULL},
        {"block ::/0", NULL},
    };

    for (unsigned i = 0; i < G_N_ELEMENTS(rules); i++) {
        const char *expected = rules[i][1] ? rules[i][1] : rules[i][0];
        struct netrule rule, again;
        g_autoptr(GError) error = NULL;

        CU_ASSERT_TRUE_FATAL(netrule_parse(rules[i][0], &rule, &error));
        g_autofree char *text = netrule_print(&rule);
        CU_ASSERT_STRING_EQUAL(text, expected);
        CU_ASSERT_TRUE_FATAL(netrule_parse(text, &again, NULL));
        CU_ASSERT_EQUAL(memcmp(&again, &rule, sizeof(rule)), 0);
    }
}

static void test_not_rules(void)
{
    static const char *const texts[][2] = {
        {"", "block or allow"},
        {"any", "block or allow"},
        {"block", "does not say what"},
        {"block example.org", "neither an IP address"},
        {"block 10.0.2", "neither an IP address"},
        {"block 10.0.2.2/33", "'/33'"},
        {"block 10.0.2.2/", "'/'"},
        {"block 10.0.2.2/8", "first 8 bits"},
        {"block 2001:db8::1/32", "first 32 bits"},
        {"block 10.0.2.2:", "no port"},
        {"block :0", "no port"},
        {"block :65536", "no port"},
        {"block :443-80", "no port"},
        {"block :80-", "no port"},
        {"block :-80", "no port"},
        {"block [::1", "lacks a ']'"},
        {"block [::1]x:80", "neither an IP address"},
        {"block host/8", "neither an IP address"},
        {"block icmp :7", "icmp has no ports"},
        {"block tcp udp", "neither an IP address"},
        {"block tcp host x", "one word too many"},
        {"block 10.0.2.2:80:90", "neither an IP address"},
    };

    for (unsigned i = 0; i < G_N_ELEMENTS(texts); i++) {
        struct netrule rule;
        g_autoptr(GError) error = NULL;

        CU_ASSERT_FALSE(netrule_parse(texts[i][0], &rule, &error));
        CU_ASSERT_PTR_NOT_NULL_FATAL(error);
        CU_ASSERT_PTR_NOT_NULL(strstr(error->message, texts[i][1]));
        CU_ASSERT_PTR_NULL(strchr(error->message, '\n'));
    }
}

static struct netrule of(const char *text)
{
    struct netrule rule;

    CU_ASSERT_TRUE_FATAL(netrule_parse(text, &rule, NULL));
    return rule;
}

static void test_lists(void)
{
    g_autoptr(GArray) list = netrule_list(" block any ; allow dns;; allow tcp :443 ;", NULL);
    struct netrule rule = of("allow any");
    g_autofree char *last = NULL;

    CU_ASSERT_PTR_NOT_NULL_FATAL(list);
    CU_ASSERT_EQUAL(list->len, 3);
    CU_ASSERT_TRUE(netrule_add(list, &rule)); /* takes the place of `block any` */
    CU_ASSERT_EQUAL(list->len, 3);
    last = netrule_print(&g_array_index(list, struct netrule, 2));
    CU_ASSERT_STRING_EQUAL(last, "allow any");
    rule = of("block dns");
    CU_ASSERT_TRUE(netrule_remove(list, &rule));
    CU_ASSERT_FALSE(netrule_remove(list, &rule));
    CU_ASSERT_EQUAL(list->len, 2);
    CU_ASSERT_PTR_NULL(netrule_list("block any;allow nobody", NULL));
}

static void test_full_list(void)
{
    g_autoptr(GArray) list = netrule_list("", NULL);
    struct netrule rule;

    for (unsigned i = 1; i <= NETRULE_MAX; i++) {
        g_autofree char *text = g_strdup_printf("block :%u", i);

        rule = of(text);
        CU_ASSERT_TRUE(netrule_add(list, &rule));
    }
    rule = of("block any");
    CU_ASSERT_FALSE(netrule_add(list, &rule));
    CU_ASSERT_EQUAL(list->len, NETRULE_MAX);
    rule = of("allow :7");
    CU_ASSERT_TRUE(netrule_add(list, &rule));
}

/* Any text is a rule with a text of its own, or none. */
static void test_hostile(void)
{
    static const char letters[] = "blockatcpudihns 0123456789.:/-[];";
    unsigned good = 0;

    srand(1);
    for (unsigned i = 0; i < 200000; i++) {
        char text[40] = "block ";
        const unsigned len = 6 + (unsigned)rand() % 20;
        struct netrule rule;

        for (unsigned n = 6; n < len; n++) {
            text[n] = letters[(unsigned)rand() % (sizeof(letters) - 1)];
        }
        if (netrule_parse(text, &rule, NULL)) {
            g_autofree char *again = netrule_print(&rule);
            CU_ASSERT_TRUE(netrule_parse(again, &rule, NULL));
            good++;
        }
    }
    CU_ASSERT_TRUE(good > 100);
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"rules", test_rules},           {"what is none", test_not_rules}, {"lists", test_lists},
        {"a full list", test_full_list}, {"hostile text", test_hostile},   CU_TEST_INFO_NULL};

    return run_suite("rules of a firewall", tests);
}
