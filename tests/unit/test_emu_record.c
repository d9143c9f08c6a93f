/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the emulator knows of the phone, written for a snapshot and read by another process. */
#include "suite.h"

#include <string.h>

#include "phone/phone_events.h"
#include "phone/record.h"

#define HANDSET                                                                                   \
    "[handset]\nname=one\nboard=one\nkernel=k\nskin=one\nmemory=2048\n[vm 0]\nname=switchboard\n" \
    "kind=switchboard\nuart=1\n[vm 1]\nname=personal\nkind=persona\nuart=3\n"

static GString *wire; /* what is sent to the switchboard */

static bool sent(const char *bytes, gsize length)
{
    g_string_append_len(wire, bytes, (gssize)length);
    return true;
}

static void on_line(void *opaque G_GNUC_UNUSED, const char *line G_GNUC_UNUSED)
{
    CU_FAIL("a line of the past is told of");
}

static struct phone *start(void)
{
    struct phone *phone = g_new0(struct phone, 1);
    struct handset *handset = handset_parse("/h", HANDSET, strlen(HANDSET), NULL);

    CU_ASSERT_PTR_NOT_NULL_FATAL(handset);
    phone->context = g_main_context_new();
    phone->handset = handset;
    phone->ready_s = -1;
    phone->observers = g_ptr_array_new();
    phone->counters =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_hash_table_unref);
    phone->service = service_new(phone->context, sent, phone_on_service_event, phone);
    summary_feed_init(&phone->summary);
    phone->el2_log = vmlog_new(NULL, on_line, phone, NULL);
    phone->vm_count = handset->vm_count;
    for (unsigned i = 0; i < phone->vm_count; i++) {
        phone->vm[i] = (struct phone_vm){.phone = phone, .desc = &handset->vm[i], .ready_s = -1};
        phone->vm[i].log = vmlog_new(NULL, i ? NULL : on_line, phone, NULL);
        progress_reset(&phone->vm[i].progress);
    }
    g_string_truncate(wire, 0);
    return phone;
}

static void finish(struct phone *phone)
{
    service_free(phone->service);
    summary_feed_clear(&phone->summary);
    g_hash_table_unref(phone->counters);
    g_ptr_array_unref(phone->observers);
    g_main_context_unref(phone->context);
    vmlog_free(phone->el2_log);
    for (unsigned i = 0; i < phone->vm_count; i++) {
        vmlog_free(phone->vm[i].log);
        g_free(phone->vm[i].reason);
        g_free(phone->vm[i].share);
    }
    g_free(phone->el2_fault);
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

/* A phone whose home screen is up, in the side view. */
static JsonObject *record_of_running(void)
{
    static const char text[] = "[    9.123456] phonebooth: home screen ready\nlast words";
    struct phone *phone = start();
    struct phone_vm *vm = &phone->vm[1];

    phone->service_up = true;
    event(phone, "! vm name=personal state=running share=all front=1");
    vmlog_append(vm->log, (const uint8_t *)text, strlen(text));
    phone_on_console_line(vm, "[    9.123456] phonebooth: home screen ready");
    event(phone, "! scanout vm=personal");
    event(phone, "! view mode=side");
    CU_ASSERT_TRUE(phone->ready_s >= 0);
    JsonObject *record = record_write(phone);
    finish(phone);
    return record;
}

static void knows_what_the_other_knew(void)
{
    g_autoptr(JsonObject) record = record_of_running();
    struct phone *phone = start();
    struct phone_vm *vm = &phone->vm[1];

    record_read(phone, record);
    CU_ASSERT_TRUE(phone->ready_s >= 0 && phone_vm_ready(vm) && phone->service_up && phone->side);
    CU_ASSERT_EQUAL(vm->state, VM_RUNNING);
    CU_ASSERT_STRING_EQUAL(vm->share, "all");
    CU_ASSERT_PTR_EQUAL(phone->front, vm->desc);
    CU_ASSERT_EQUAL(vm->progress.percent, 100);
    CU_ASSERT_STRING_EQUAL(phone_vm_stage(vm), "home screen ready");
    CU_ASSERT_EQUAL(vmlog_end(vm->log), 55);
    CU_ASSERT_STRING_EQUAL(vmlog_last_line(vm->log),
                           "[    9.123456] phonebooth: home screen ready");
    CU_ASSERT_PTR_NOT_NULL(strstr(wire->str, " vms\n"));
    event(phone, "! vm name=personal state=running share=all front=1"); /* and it does not start */
    CU_ASSERT_TRUE(phone_vm_ready(vm));
    finish(phone);
}

/* Members of other types, out of range, of VMs that there are not. */
static void takes_nothing_wrong(void)
{
    static const char *const wrong[] = {
        "{}",
        "{\"vms\":[],\"el2\":3,\"front\":{},\"last_id\":\"x\",\"service\":7}",
        "{\"vms\":{\"personal\":{\"state\":\"flying\",\"progress\":{\"percent\":900,\"failure\":"
        "\"anything\",\"stage\":[]},\"console\":{\"end\":-5,\"tail\":\"QUJD\"}}}}",
        "{\"vms\":{\"nobody\":{},\"personal\":3},\"front\":\"nobody\"}",
        "{\"vms\":{\"personal\":{\"console\":{\"end\":1,\"tail\":\"QUJDREVG\"}}}}",
    };

    for (unsigned i = 0; i < G_N_ELEMENTS(wrong); i++) {
        struct phone *phone = start();
        g_autoptr(JsonNode) node = json_from_string(wrong[i], NULL);
        CU_ASSERT_PTR_NOT_NULL_FATAL(node);
        record_read(phone, json_node_get_object(node));
        CU_ASSERT_TRUE(phone->vm[1].progress.percent <= 100);
        CU_ASSERT_PTR_NULL(phone->vm[1].progress.failure);
        CU_ASSERT_EQUAL(phone->vm[1].state, VM_UNKNOWN);
        CU_ASSERT_EQUAL(vmlog_end(phone->vm[1].log), 0);
        CU_ASSERT_PTR_NULL(phone->front);
        finish(phone);
    }
}

/* The answer to a request of the other process is none to one of this. */
static void ids_go_on(void)
{
    g_autoptr(JsonObject) record = record_of_running();
    struct phone *phone = start();

    json_object_set_int_member(record, "last_id", 700);
    record_read(phone, record);
    CU_ASSERT_PTR_NOT_NULL(strstr(wire->str, "701 \n702 generation\n703 vms\n"));
    finish(phone);
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"knows what the other knew", knows_what_the_other_knew},
        {"takes nothing wrong", takes_nothing_wrong},
        {"ids go on", ids_go_on},
        CU_TEST_INFO_NULL,
    };
    wire = g_string_new(NULL);
    int status = run_suite("the phone's record", tests);
    g_string_free(wire, TRUE);
    return status;
}
