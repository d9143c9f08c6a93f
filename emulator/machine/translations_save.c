/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "qemu/osdep.h"
#include <sys/mman.h>
#include "cpu.h"
#include "host/cpuinfo.h"
#include "qemu/units.h"
#include "machine/translations.h"
#include "machine/translations_file.h"

/* What is collected for a file. */
struct harvest {
    const uint8_t *start;
    GArray *blocks;  /* struct tcg_kept_tb */
    GArray *indices; /* uint64_t, of pages, some several times */
    GArray *pages;   /* struct translations_page */
};

static void note_page(struct harvest *harvest, tb_page_addr_t address)
{
    uint64_t index = address >> TARGET_PAGE_BITS;

    if (address != -1) {
        g_array_append_val(harvest->indices, index);
    }
}

static gboolean note_block(gpointer key, gpointer value, gpointer data)
{
    struct harvest *harvest = data;
    const TranslationBlock *tb = value;
    struct tcg_kept_tb block = {
        .unit = (uint32_t)(((const uint8_t *)tb - harvest->start) / CODE_GEN_ALIGN),
        .hash = tb_hash(tb),
    };

    if (!(tb_cflags(tb) & CF_INVALID) && tb->page_addr[0] != -1) {
        g_array_append_val(harvest->blocks, block);
        note_page(harvest, tb->page_addr[0]);
        note_page(harvest, tb->page_addr[1]);
    }
    return FALSE;
}

static int compare_blocks(gconstpointer a, gconstpointer b)
{
    const struct tcg_kept_tb *x = a, *y = b;

    return x->unit < y->unit ? -1 : x->unit > y->unit;
}

static int compare_indices(gconstpointer a, gconstpointer b)
{
    const uint64_t *x = a, *y = b;

    return *x < *y ? -1 : *x > *y;
}

static void note_pages(struct harvest *harvest)
{
    uint64_t last = UINT64_MAX;

    g_array_sort(harvest->indices, compare_indices);
    for (guint i = 0; i < harvest->indices->len; i++) {
        uint64_t index = g_array_index(harvest->indices, uint64_t, i);
        struct translations_page page = {index, index == last ? 0 : tb_first_of_page(index)};
        if (page.first) {
            g_array_append_val(harvest->pages, page);
        }
        last = index;
    }
}

static void gather(struct harvest *harvest, const struct tcg_region_view *view)
{
    harvest->start = view->start;
    harvest->blocks = g_array_new(FALSE, FALSE, sizeof(struct tcg_kept_tb));
    harvest->indices = g_array_new(FALSE, FALSE, sizeof(uint64_t));
    harvest->pages = g_array_new(FALSE, FALSE, sizeof(struct translations_page));
    tcg_tb_foreach(note_block, harvest);
    g_array_sort(harvest->blocks, compare_blocks);
    note_pages(harvest);
}

static void discard(struct harvest *harvest)
{
    g_array_free(harvest->blocks, TRUE);
    g_array_free(harvest->indices, TRUE);
    g_array_free(harvest->pages, TRUE);
}

static void fill_head(struct translations_head *head, const struct harvest *harvest,
                      const char *program)
{
    const struct tcg_region_view *view = &head->view;

    memcpy(head->magic, TRANSLATIONS_MAGIC, sizeof(head->magic));
    g_strlcpy(head->program, program, sizeof(head->program));
    translations_name_memory(head->memory);
    head->host = cpuinfo;
    head->view_size = sizeof(head->view);
    head->block_count = harvest->blocks->len;
    head->page_count = harvest->pages->len;
    for (unsigned i = 0; i < view->current; i++) {
        head->used[i] = view->stride - TRANSLATIONS_PAGE;
    }
    for (unsigned i = 0; i < view->n_ctxs; i++) {
        int32_t region = view->ctx_region[i];
        if (region >= 0) {
            head->used[region] = view->ctx_offset[i] - (uint64_t)region * view->stride;
        }
    }
}

static bool put(int fd, const void *data, uint64_t size, uint64_t offset)
{
    while (size > 0) {
        ssize_t done = pwrite(fd, data, size, (off_t)offset);
        if (done <= 0 && errno != EINTR) {
            return false;
        }
        if (done > 0) {
            data = (const uint8_t *)data + done;
            size -= (uint64_t)done;
            offset += (uint64_t)done;
        }
    }
    return true;
}

static bool put_code(int fd, const struct translations_head *head, uint64_t offset)
{
    for (unsigned i = 0; i < head->view.current; i++) {
        if (!put(fd, head->view.start + i * head->view.stride, head->used[i], offset)) {
            return false;
        }
        offset += translations_whole_pages(head->used[i]);
    }
    return true;
}

static bool put_all(int fd, const struct translations_head *head, const struct harvest *harvest)
{
    const struct translations_layout at = translations_lay_out(head);
    g_autofree int64_t *slots = g_new(int64_t, TCG_OUTSIDE_SLOTS);

    tcg_outside_get(slots);
    return ftruncate(fd, (off_t)at.end) == 0 && put(fd, head, sizeof(*head), 0) &&
           put(fd, slots, TCG_OUTSIDE_SLOTS * sizeof(*slots), at.slots) &&
           put(fd, harvest->blocks->data, head->block_count * sizeof(struct tcg_kept_tb),
               at.blocks) &&
           put(fd, harvest->pages->data, head->page_count * sizeof(struct translations_page),
               at.pages) &&
           put_code(fd, head, at.code);
}

const char *translations_save(const char *path, const char *program)
{
    struct translations_head head = {};
    struct harvest harvest;
    bool written;
    int fd;

    if (!tcg_region_view(&head.view) || head.view.n > TRANSLATIONS_REGIONS) {
        return "they depend on this process";
    }
    fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) {
        return "no file can be made for them";
    }
    gather(&harvest, &head.view);
    fill_head(&head, &harvest, program);
    written = put_all(fd, &head, &harvest);
    discard(&harvest);
    if (close(fd) != 0 || !written) {
        unlink(path);
        return "their file cannot be written";
    }
    return NULL;
}

extern const char __executable_start; /* the linker's */

/*
 * An address in the program, or in the heap behind it, that an instruction loads (movabs: REX.W,
 * B8 to BF, then the value; Intel SDM, volume 2). Calls go through the slots, and all else that
 * points is within the regions.
 */
static bool has_address(const uint8_t *data, uint64_t size)
{
    const uint64_t low = (uintptr_t)&__executable_start;

    for (uint64_t i = 0; i + 2 + sizeof(uint64_t) <= size; i++) {
        if ((data[i] & 0xfe) == 0x48 && (data[i + 1] & 0xf8) == 0xb8 &&
            ldq_le_p(data + i + 2) - low < GiB) {
            return true;
        }
    }
    return false;
}

static const char *check_code(int fd)
{
    struct translations_head head;
    struct translations_layout at;
    const char *why = NULL;
    void *file;

    if (pread(fd, &head, sizeof(head), 0) != sizeof(head)) {
        return "their file cannot be read";
    }
    at = translations_lay_out(&head);
    file = mmap(NULL, at.end, PROT_READ, MAP_PRIVATE, fd, 0);
    if (file == MAP_FAILED) {
        return "their file cannot be mapped";
    }
    if (has_address((const uint8_t *)file + at.code, at.end - at.code)) {
        why = "they hold an address of this process";
    }
    munmap(file, at.end);
    return why;
}

const char *translations_check(const char *path)
{
    int fd = open(path, O_RDWR | O_CLOEXEC);
    const char *why = fd < 0 ? "their file is gone" : check_code(fd);

    if (!why && fsync(fd) != 0) {
        why = "their file cannot be written";
    }
    if (fd >= 0) {
        close(fd);
    }
    return why;
}
