/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What the phone makes of the switchboard's events: stages of VMs that run, stop, only fault. */
#include "suite.h"

#include <string.h>

#include "phone/phone_events.h"

#define HANDSET                                                                                   \
    "[handset]\nname=one\nboard=one\nkernel=k\nskin=one\nmemory=2048\n[vm 0]\nname=switchboard\n" \
    "kind=switchboard\n[vm 1]\nname=personal\nkind=persona\n"

static bool sent(const char *bytes G_GNUC_UNUSED, gsize length G_GNUC_UNUSED)
{
    return true;
}

static struct phone *start(void)
{
    GError *error = NULL;
    struct phone *phone = g_new0(struct phone, 1);
    struct handset *handset = handset_parse("/h", HANDSET, strlen(HANDSET), &error);

    if (!handset) {
        printf("%s\n", error->message);
    }
    CU_ASSERT_PTR_NOT_NULL_FATAL(handset);
    phone->context = g_main_context_new();
    phone->handset = handset;
    phone->ready_s = -1;
    phone->observers = g_ptr_array_new();
    phone->counters =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_hash_table_unref);
    phone->service = service_new(phone->context, sent, phone_on_service_event, phone);
    summary_feed_init(&phone->summary);
    phone->vm_count = handset->vm_count;
    for (unsigned i = 0; i < phone->vm_count; i++) {
        phone->vm[i] = (struct phone_vm){.phone = phone, .desc = &handset->vm[i], .ready_s = -1};
        progress_reset(&phone->vm[i].progress);
    }
    return phone;
}

static void finish(struct phone *phone)
{
    service_free(phone->service);
    summary_feed_clear(&phone->summary);
    g_hash_table_unref(phone->counters);
    g_ptr_array_unref(phone->observers);
    g_main_context_unref(phone->context);
    for (unsigned i = 0; i < phone->vm_count; i++) {
        g_free(phone->vm[i].reason);
        g_free(phone->vm[i].share);
    }
    handset_free((struct handset *)phone->handset);
    g_free(phone);
}

static void event(struct phone *phone, const char *text)
{
    struct service_line line;

    CU_ASSERT_TRUE_FATAL(service_line_parse(text, &line));
    phone_on_service_event(phone, &line);
    service_line_clear(&line);
}

static void a_stopped_vm_has_no_progress(void)
{
    static const char *const states[] = {"stopped", "off"};

    for (unsigned i = 0; i < G_N_ELEMENTS(states); i++) {
        struct phone *phone = start();
        struct phone_vm *vm = &phone->vm[1];
        g_autofree char *ends =
            g_strdup_printf("! vm name=personal state=%s reason=request", states[i]);
        event(phone, "! vm name=personal state=running");
        vm->progress.percent = 100;
        vm->progress.stage = "home screen ready";
        vm->ready_s = 30;
        event(phone, ends);
        CU_ASSERT_EQUAL(vm->progress.percent, 0);
        CU_ASSERT_STRING_EQUAL(phone_vm_stage(vm), states[i]);
        CU_ASSERT_FALSE(phone_vm_ready(vm));
        event(phone, "! vm name=personal state=running"); /* and it boots anew */
        CU_ASSERT_TRUE(vm->progress.percent > 0 && vm->progress.percent < 10);
        finish(phone);
    }
}

static void lights_are_noted(void)
{
    struct phone *phone = start();
    const struct phone_light *light = &phone->vm[1].light;

    event(phone, "! light vm=nobody red=1 green=1 blue=1 torch=1 vibrator=1 backlight=9");
    CU_ASSERT_FALSE(light->red);
    event(phone, "! light vm=personal red=0 green=1 blue=0 torch=1 vibrator=0 backlight=60");
    CU_ASSERT_TRUE(light->green && light->torch && !light->red && !light->blue);
    CU_ASSERT_FALSE(light->vibrator);
    CU_ASSERT_EQUAL(light->backlight, 60);
    finish(phone);
}

static void note(struct faults *faults, int seconds, uint64_t count, uint64_t console)
{
    struct faults_sample sample = {seconds * 1000000ll, count, console, 4};

    faults_note(faults, &sample);
}

static void a_vm_that_only_faults_is_seen(void)
{
    struct faults faults = {0};

    note(&faults, 0, 0, 0);
    note(&faults, 3, 30000, 0);
    note(&faults, 6, 60000, 0);
    CU_ASSERT_FALSE(faults.stuck);
    note(&faults, 9, 90000, 0);
    CU_ASSERT_TRUE(faults.stuck && faults.count == 90000);
    note(&faults, 12, 120000, 1); /* it says something */
    CU_ASSERT_FALSE(faults.stuck);
    note(&faults, 15, 120000, 1); /* no more faults */
    note(&faults, 30, 120005, 1);
    CU_ASSERT_FALSE(faults.stuck);
    note(&faults, 33, 3, 1); /* another start counts from 0 */
    CU_ASSERT_FALSE(faults.stuck);
}

static void the_verdict_is_told(void)
{
    struct phone *phone = start();
    struct phone_vm *vm = &phone->vm[1];
    g_autofree char *why = NULL;

    event(phone, "! vm name=personal state=running");
    event(phone, "! stats vm=personal faults=0");
    CU_ASSERT_TRUE(vm->faults.sampled && !vm->faults.stuck);
    vm->faults.since.us -= 20000000; /* as if it were long ago */
    event(phone, "! stats vm=personal faults=10000000");
    CU_ASSERT_TRUE(vm->faults.stuck);
    CU_ASSERT_STRING_EQUAL(phone_vm_stage(vm), FAULTS_STAGE);
    why = phone_vm_hopeless(vm);
    CU_ASSERT_TRUE(why && strstr(why, "10000000"));
    event(phone, "! vm name=personal state=stopped reason=request");
    CU_ASSERT_FALSE(vm->faults.stuck);
    finish(phone);
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"a stopped VM has no progress", a_stopped_vm_has_no_progress},
        {"lights", lights_are_noted},
        {"a VM that only faults is seen", a_vm_that_only_faults_is_seen},
        {"the verdict is told", the_verdict_is_told},
        CU_TEST_INFO_NULL,
    };
    return run_suite("phone", tests);
}
