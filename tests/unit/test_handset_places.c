/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Handsets by name (sdk/handset/places.h), and what their folders say (facts.h). */
#include <string.h>

#include <glib/gstdio.h>

#include "sdk/handset/facts.h"
#include "sdk/handset/lint.h"
#include "sdk/handset/places.h"
#include "folder.h"
#include "suite.h"

static char *top;

static char *make_handset(const char *name, const char *text)
{
    char *dir = places_user_dir(name);
    g_autofree char *file = g_build_filename(dir, "handset.ini", NULL);

    CU_ASSERT_EQUAL_FATAL(g_mkdir_with_parents(dir, 0700), 0);
    CU_ASSERT_TRUE_FATAL(g_file_set_contents(file, text, -1, NULL));
    return dir;
}

#define GOOD                                                                       \
    "[handset]\nname=small\nmemory=1024\nkernel=hypervisor.elf\n[size]\n"          \
    "hypervisor.elf=3\n[emmc]\n0=system.img\n1=work/data.img\n[vm 0]\nname=work\n" \
    "kind=persona\ndisplay-name=Work\ncolour=#123456\ndata-slot=1\n"

static void test_names(void)
{
    CU_ASSERT_TRUE(places_is_name("a"));
    CU_ASSERT_TRUE(places_is_name("4-two_handsets.of-32-bytes-lengt"));
    CU_ASSERT_FALSE(places_is_name(""));
    CU_ASSERT_FALSE(places_is_name(".."));
    CU_ASSERT_FALSE(places_is_name("-x"));
    CU_ASSERT_FALSE(places_is_name("a/b"));
    CU_ASSERT_FALSE(places_is_name("Mine"));
    CU_ASSERT_FALSE(places_is_name("abcdefghijklmnopqrstuvwxyz0123456"));
}

static void test_find(void)
{
    g_autofree char *dir = make_handset("mine", GOOD);
    g_autoptr(handset_place) by_name = places_find("mine", NULL);
    g_autoptr(handset_place) by_path = places_find(dir, NULL);
    g_autoptr(GPtrArray) all = places_list();

    CU_ASSERT_PTR_NOT_NULL_FATAL(by_name);
    CU_ASSERT_STRING_EQUAL(by_name->dir, dir);
    CU_ASSERT_EQUAL(by_name->kind, PLACE_USER);
    CU_ASSERT_PTR_NOT_NULL_FATAL(by_path);
    CU_ASSERT_STRING_EQUAL(by_path->name, "mine");
    CU_ASSERT_EQUAL(all->len, 1);
    remove_all(dir);
}

static void test_none(void)
{
    g_autoptr(GError) error = NULL, other = NULL;

    CU_ASSERT_PTR_NULL(places_find("nothing", &error));
    CU_ASSERT_PTR_NOT_NULL(strstr(error->message, "no handset 'nothing'"));
    CU_ASSERT_PTR_NULL(places_find(NULL, &other));
    CU_ASSERT_PTR_NOT_NULL(strstr(other->message, "make images"));
}

static void test_facts(void)
{
    g_autofree char *dir = make_handset("mine", GOOD);
    g_autoptr(handset_facts) facts = facts_read(dir, NULL);
    g_autofree char *data = NULL, *expected = g_build_filename(dir, "work", "data.img", NULL);

    CU_ASSERT_PTR_NOT_NULL_FATAL(facts);
    CU_ASSERT_EQUAL(facts->memory, 1024);
    CU_ASSERT_EQUAL(facts->files->len, 3);
    CU_ASSERT_PTR_NULL(facts_persona(facts, "personal"));
    CU_ASSERT_PTR_NOT_NULL_FATAL(facts_persona(facts, "work"));
    data = facts_data(facts, facts_persona(facts, "work"));
    CU_ASSERT_STRING_EQUAL(data, expected);
    remove_all(dir);
}

/* What would lead out of the folder, or to a disk that there is none of. */
static void test_hostile(void)
{
    static const char *const wrong[] = {"[handset]\nname=x\n[vm 0]\nname=../../etc\n",
                                        "[handset]\nname=x\n[vm 0]\nname=.\n",
                                        "[handset]\nname=x\n[vm 0]\nkind=persona\n",
                                        "[handset]\nname=x\n[vm 0]\nname=a\ndata-slot=4\n",
                                        "[handset]\nname=x\n[vm 0]\nname=a\ndata-slot=-1\n",
                                        "[handset]\n",
                                        "no ini file"};

    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autofree char *dir = make_handset("mine", wrong[i]);
        g_autoptr(GError) error = NULL;
        CU_ASSERT_PTR_NULL(facts_read(dir, &error));
        CU_ASSERT_PTR_NOT_NULL_FATAL(error);
        CU_ASSERT_PTR_NULL(strchr(error->message, '\n'));
        remove_all(dir);
    }
}

static void test_lint(void)
{
    g_autofree char *dir = make_handset("mine", GOOD);
    g_autofree char *kernel = g_build_filename(dir, "hypervisor.elf", NULL);
    g_autoptr(GPtrArray) findings = NULL;

    CU_ASSERT_TRUE_FATAL(g_file_set_contents(kernel, "four", -1, NULL));
    findings = lint_handset(dir);
    CU_ASSERT_EQUAL_FATAL(findings->len, 3); /* one has another size, two are missing */
    CU_ASSERT_PTR_NOT_NULL(strstr(findings->pdata[0], "has 4 bytes, not 3"));
    CU_ASSERT_PTR_NOT_NULL(strstr(findings->pdata[1], "system.img: is missing"));
    remove_all(dir);
}

static const CU_TestInfo tests[] = {
    {"names", test_names},
    {"a handset is found by its name and by its folder", test_find},
    {"one that is not there is an error", test_none},
    {"facts of a handset", test_facts},
    {"facts that lead elsewhere are refused", test_hostile},
    {"lint says what is missing", test_lint},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    int code;

    top = g_dir_make_tmp("handset-places-XXXXXX", NULL);
    g_setenv("XDG_DATA_HOME", top, TRUE);
    code = run_suite("handset_places", tests);
    remove_all(top);
    g_free(top);
    return code;
}
