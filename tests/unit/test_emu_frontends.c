/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Several front ends at a time: sinks of one screen, watches of one summary, one that is lost. */
#include "suite.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "frontends/picture.h"
#include "frontends/set.h"

struct looker {
    struct screen_sink sink;
    struct rect seen;
    unsigned frames;
};

static void on_frame(void *opaque, struct rect dirty)
{
    struct looker *looker = opaque;

    looker->seen = rect_union(looker->seen, dirty);
    looker->frames++;
}

static void shows_the_screen_to_all_sinks(void)
{
    struct screen screen;
    struct looker window = {0}, recorder = {0};

    window.sink = (struct screen_sink){16, on_frame, &window};
    recorder.sink = (struct screen_sink){100, on_frame, &recorder};
    screen_init(&screen);
    CU_ASSERT_EQUAL(screen_refresh_ms(&screen), SCREEN_IDLE_MS);
    screen_add(&screen, &recorder.sink);
    CU_ASSERT_EQUAL(screen_refresh_ms(&screen), 100);
    CU_ASSERT_EQUAL(recorder.frames, 0); /* there is no screen yet */
    shadow_resize(&screen.shadow, 720, 1440);
    screen_add(&screen, &window.sink);
    CU_ASSERT_EQUAL(screen_refresh_ms(&screen), 16);
    CU_ASSERT_TRUE(window.frames == 1 && window.seen.w == 720 && window.seen.h == 1440);
    screen_changed(&screen, (struct rect){5, 6, 7, 8});
    CU_ASSERT_TRUE(window.frames == 2 && recorder.frames == 1);
    CU_ASSERT_TRUE(recorder.seen.x == 5 && recorder.seen.h == 8);
    screen_remove(&screen, &window.sink);
    CU_ASSERT_EQUAL(screen_refresh_ms(&screen), 100);
    screen_changed(&screen, (struct rect){0, 0, 1, 1});
    CU_ASSERT_TRUE(window.frames == 2 && recorder.frames == 2);
    screen_remove(&screen, &recorder.sink);
    screen_clear(&screen);
}

static void count_change(void *opaque)
{
    ++*(unsigned *)opaque;
}

static void tells_all_watches(void)
{
    unsigned one = 0, two = 0;
    struct summary_watch first = {count_change, &one}, second = {count_change, &two};
    struct summary_feed feed;
    struct summary summary;

    summary_feed_init(&feed);
    summary_read(&feed, &summary);
    CU_ASSERT_STRING_EQUAL(summary.headline, "starting");
    CU_ASSERT_TRUE(summary.display_on && summary.persona_count == 0);
    summary_watch(&feed, &first);
    summary_watch(&feed, &second);
    summary.progress = 55;
    summary_publish(&feed, &summary);
    summary_unwatch(&feed, &first);
    summary_publish(&feed, &summary);
    CU_ASSERT_TRUE(one == 1 && two == 2);
    summary.progress = 0;
    summary_read(&feed, &summary);
    CU_ASSERT_EQUAL(summary.progress, 55);
    summary_unwatch(&feed, &second);
    summary_feed_clear(&feed);
}

/* A front end of the test: what happened to it, in words. */
struct fake {
    struct frontend base;
    GString *story;
    bool fails;
    enum frontend_end end;
    struct frontend_set *stops; /* run() stops this set */
};

static bool fake_start(struct frontend *self, GError **error)
{
    struct fake *fake = (struct fake *)self;

    g_string_append(fake->story, "start ");
    if (fake->fails) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, "no display");
    }
    return !fake->fails;
}

static enum frontend_end fake_run(struct frontend *self)
{
    struct fake *fake = (struct fake *)self;

    g_string_append(fake->story, "run ");
    if (fake->stops) {
        frontend_set_stop(fake->stops);
    }
    return fake->end;
}

static void fake_stop(struct frontend *self)
{
    g_string_append(((struct fake *)self)->story, "stop ");
}

static void fake_finish(struct frontend *self)
{
    g_string_append(((struct fake *)self)->story, "finish ");
    g_free(self);
}

static const struct frontend_ops shown = {"shown", fake_start, fake_run, fake_stop, fake_finish};
static const struct frontend_ops beside = {"beside", fake_start, NULL, fake_stop, fake_finish};

static struct frontend *fake_new(const struct frontend_ops *ops, GString *story,
                                 enum frontend_end end)
{
    struct fake *fake = g_new0(struct fake, 1);

    fake->base.ops = ops;
    fake->story = story;
    fake->end = end;
    return &fake->base;
}

static void runs_several_front_ends(void)
{
    g_autoptr(GString) first = g_string_new(NULL);
    g_autoptr(GString) second = g_string_new(NULL);
    struct frontend_set *set = frontend_set_new();

    CU_ASSERT_STRING_EQUAL(frontend_set_name(set), "headless");
    CU_ASSERT_TRUE(frontend_set_add(set, fake_new(&beside, second, FRONTEND_CLOSED), NULL));
    CU_ASSERT_TRUE(frontend_set_add(set, fake_new(&shown, first, FRONTEND_CLOSED), NULL));
    CU_ASSERT_STRING_EQUAL(frontend_set_name(set), "shown");
    frontend_set_run(set);
    CU_ASSERT_STRING_EQUAL(first->str, "start run ");
    frontend_set_free(set);
    CU_ASSERT_STRING_EQUAL(first->str, "start run finish ");
    CU_ASSERT_STRING_EQUAL(second->str, "start finish ");
}

static void refuses_one_that_cannot_start(void)
{
    g_autoptr(GString) story = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    struct frontend_set *set = frontend_set_new();
    struct frontend *frontend = fake_new(&shown, story, FRONTEND_CLOSED);

    ((struct fake *)frontend)->fails = true;
    CU_ASSERT_FALSE(frontend_set_add(set, frontend, &error));
    CU_ASSERT_TRUE(error && strcmp(error->message, "no display") == 0);
    CU_ASSERT_STRING_EQUAL(story->str, "start finish ");
    frontend_set_stop(set); /* headless takes its place, and ends at once */
    frontend_set_run(set);
    frontend_set_free(set);
}

static void goes_on_without_one_that_is_lost(void)
{
    g_autoptr(GString) story = g_string_new(NULL);
    struct frontend_set *set = frontend_set_new();
    struct frontend *frontend = fake_new(&shown, story, FRONTEND_LOST);

    ((struct fake *)frontend)->stops = set; /* so that headless does not wait for ever */
    CU_ASSERT_TRUE(frontend_set_add(set, frontend, NULL));
    frontend_set_run(set);
    CU_ASSERT_STRING_EQUAL(frontend_set_name(set), "headless");
    CU_ASSERT_STRING_EQUAL(story->str, "start run stop finish ");
    frontend_set_free(set);
}

static void overwrites_no_picture(void)
{
    g_autofree char *dir = g_dir_make_tmp("phonebooth-XXXXXX", NULL);
    g_autoptr(GDateTime) when = g_date_time_new_utc(2026, 1, 2, 3, 4, 5);
    g_autoptr(GError) error = NULL;
    static const char *const names[] = {"phonebooth-20260102-030405.png",
                                        "phonebooth-20260102-030405-2.png",
                                        "phonebooth-20260102-030405-3.png"};

    for (unsigned i = 0; i < G_N_ELEMENTS(names); i++) {
        char letter = (char)('a' + i);
        g_autoptr(GBytes) png = g_bytes_new(&letter, 1);
        g_autofree char *path = picture_save(dir, when, png, NULL);
        CU_ASSERT_TRUE(path && g_str_has_suffix(path, names[i]));
    }
    for (unsigned i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path = g_build_filename(dir, names[i], NULL);
        g_autofree char *text = NULL;
        CU_ASSERT_TRUE(g_file_get_contents(path, &text, NULL, NULL) && text[0] == (char)('a' + i));
        g_unlink(path);
    }
    g_rmdir(dir);
    g_autoptr(GBytes) png = g_bytes_new("x", 1);
    CU_ASSERT_PTR_NULL(picture_save(dir, when, png, &error));
    CU_ASSERT_TRUE(error && strstr(error->message, dir));
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"shows the screen to all sinks", shows_the_screen_to_all_sinks},
        {"tells all watches", tells_all_watches},
        {"runs several front ends", runs_several_front_ends},
        {"refuses one that cannot start", refuses_one_that_cannot_start},
        {"goes on without one that is lost", goes_on_without_one_that_is_lost},
        {"overwrites no picture", overwrites_no_picture},
        CU_TEST_INFO_NULL,
    };
    return run_suite("front ends", tests);
}
