/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a phone whose time stands is told apart by: its clock, its random numbers, its trace hash.
 */
#include <string.h>

#include "machine/trace_hash.h"
#include "phone/clock.h"
#include "phone/seeds.h"
#include "suite.h"

static unsigned fired;

static gboolean count(gpointer again)
{
    fired++;
    return GPOINTER_TO_INT(again);
}

static GSource *timeout(guint ms, enum clock_waits waits, gboolean again)
{
    GSource *source = clock_timeout_new(ms, waits);

    g_source_set_callback(source, count, GINT_TO_POINTER(again), NULL);
    g_source_attach(source, NULL);
    return source;
}

static void run_to(gint64 ms)
{
    clock_stand_at(ms * 1000);
    while (g_main_context_iteration(NULL, FALSE)) {
    }
}

static void test_timeouts(void)
{
    clock_follow_machine();
    fired = 0;
    g_autoptr(GSource) once = timeout(30, CLOCK_DRIVES, FALSE);
    GSource *often = timeout(40, CLOCK_MEANWHILE, TRUE);

    run_to(29);
    CU_ASSERT_EQUAL(fired, 0);
    CU_ASSERT_TRUE(clock_is_driven());
    run_to(30);
    CU_ASSERT_EQUAL(fired, 1);
    CU_ASSERT_FALSE(clock_is_driven());
    run_to(40);
    run_to(79);
    CU_ASSERT_EQUAL(fired, 2);
    run_to(80);
    CU_ASSERT_EQUAL(fired, 3);
    CU_ASSERT_EQUAL(clock_us(), 80000);
    g_source_destroy(often);
    g_source_unref(often);
}

/* Who stops waiting stops the machine, also while somebody still holds the source. */
static void test_driven(void)
{
    clock_follow_machine();
    g_autoptr(GSource) source = timeout(10, CLOCK_DRIVES, FALSE);
    g_autoptr(GSource) other = timeout(10, CLOCK_DRIVES, FALSE);

    g_source_destroy(source);
    CU_ASSERT_TRUE(clock_is_driven());
    g_source_destroy(other);
    CU_ASSERT_FALSE(clock_is_driven());
    fired = 0;
    run_to(20);
    CU_ASSERT_EQUAL(fired, 0);
}

static void test_seeds(void)
{
    guint8 whole[70], again[70], other[70];

    seeds_fix(7);
    CU_ASSERT_TRUE(seeds_fill(whole, sizeof(whole), NULL));
    CU_ASSERT_TRUE(seeds_fill(other, sizeof(other), NULL));
    CU_ASSERT_NOT_EQUAL(memcmp(whole, other, sizeof(whole)), 0);
    CU_ASSERT_NOT_EQUAL(memcmp(whole, whole + 32, 32), 0);
    seeds_fix(7);
    CU_ASSERT_TRUE(seeds_fill(again, sizeof(again), NULL));
    CU_ASSERT_EQUAL(memcmp(whole, again, sizeof(whole)), 0);
    seeds_fix(8);
    CU_ASSERT_TRUE(seeds_fill(other, sizeof(other), NULL));
    CU_ASSERT_NOT_EQUAL(memcmp(whole, other, sizeof(whole)), 0);
}

/* The hash of two parts, of these lengths and of this kind. */
static char *hash_of(enum trace_kind kind, uint64_t number, gsize first, gsize second)
{
    static const char bytes[] = "abcdefgh";

    trace_hash_start(NULL, NULL);
    trace_hash_add(kind, number, bytes, first);
    trace_hash_add(kind, number, bytes + first, second);
    return trace_hash_text();
}

static void test_hash(void)
{
    g_autofree char *none = trace_hash_text();
    g_autofree char *one = hash_of(TRACE_INPUT, 3, 4, 4), *same = hash_of(TRACE_INPUT, 3, 4, 4);
    g_autofree char *kind = hash_of(TRACE_OUTPUT, 3, 4, 4);
    g_autofree char *number = hash_of(TRACE_INPUT, 2, 4, 4);
    g_autofree char *cut = hash_of(TRACE_INPUT, 3, 5, 3);

    CU_ASSERT_PTR_NULL(none);
    CU_ASSERT_EQUAL(strlen(one), 64);
    CU_ASSERT_STRING_EQUAL(one, same);
    CU_ASSERT_STRING_NOT_EQUAL(one, kind);
    CU_ASSERT_STRING_NOT_EQUAL(one, number);
    CU_ASSERT_STRING_NOT_EQUAL(one, cut);
}

static void test_log(void)
{
    g_autofree char *dir = g_dir_make_tmp("lockstep-XXXXXX", NULL);
    g_autofree char *file = g_build_filename(dir, "log", NULL), *text = NULL;
    g_autoptr(GError) error = NULL;

    CU_ASSERT_TRUE(trace_hash_start(file, NULL));
    trace_hash_add(TRACE_TOUCH, 1, "x", 1);
    g_autofree char *hash = trace_hash_text();
    g_autofree char *line = g_strdup_printf("touch 1 1 %s\n", hash);
    CU_ASSERT_TRUE(g_file_get_contents(file, &text, NULL, NULL));
    CU_ASSERT_STRING_EQUAL(text, line);
    remove(file);
    CU_ASSERT_FALSE(trace_hash_start(dir, &error));
    CU_ASSERT_PTR_NOT_NULL(error);
    remove(dir);
}

int main(void)
{
    static CU_TestInfo tests[] = {
        {"timeouts follow the machine", test_timeouts},
        {"who drives it", test_driven},
        {"random numbers of a seed", test_seeds},
        {"trace hash", test_hash},
        {"its log", test_log},
        CU_TEST_INFO_NULL,
    };

    return run_suite("lockstep", tests);
}
