/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "qemu/osdep.h"
#include <sys/mman.h>
#include <sys/random.h>
#include "cpu.h"
#include "exec/ramblock.h"
#include "exec/ram_addr.h"
#include "host/cpuinfo.h"
#include "qemu/rcu.h"
#include "machine/translations.h"
#include "machine/translations_file.h"

/* Where regions are put: a part of the address space that Linux leaves alone on x86-64. */
#define PLACE_FIRST 0x100000000000u
#define PLACE_ALIGN 0x200000u
#define PLACE_COUNT 0x1000000u

static struct {
    int fd;
    const char *why_not;
    char *program;
    struct translations_head head;
} from = {.fd = -1, .why_not = "there are none"};

/* Above the index of every page of RAM. */
static uint64_t page_limit(void)
{
    uint64_t limit = 0;
    RAMBlock *block;

    RCU_READ_LOCK_GUARD();
    RAMBLOCK_FOREACH(block)
    {
        limit = MAX(limit, (block->offset + block->max_length) >> TARGET_PAGE_BITS);
    }
    return limit;
}

static bool read_head(struct translations_head *head)
{
    struct stat info;

    return fstat(from.fd, &info) == 0 && S_ISREG(info.st_mode) && info.st_uid == geteuid() &&
           !(info.st_mode & (S_IWGRP | S_IWOTH)) &&
           pread(from.fd, head, sizeof(*head), 0) == sizeof(*head) &&
           memcmp(head->magic, TRANSLATIONS_MAGIC, sizeof(head->magic)) == 0 &&
           head->view_size == sizeof(head->view) && head->block_count < UINT32_MAX &&
           head->page_count < UINT32_MAX &&
           translations_lay_out(head).end == (uint64_t)info.st_size;
}

static void *any_place(void)
{
    uint32_t random = 0;

    if (getrandom(&random, sizeof(random), 0) != sizeof(random)) {
        return NULL;
    }
    return (void *)(PLACE_FIRST + (uint64_t)(random % PLACE_COUNT) * PLACE_ALIGN);
}

void translations_prepare(const char *path, const char *program)
{
    void *place = any_place();

    from.fd = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (from.fd >= 0) {
        from.program = g_strdup(program);
        from.why_not = read_head(&from.head) ? NULL : "their file is damaged or another user's";
    }
    if (!from.why_not) {
        place = from.head.view.start - TCG_OUTSIDE_SLOTS * sizeof(uintptr_t);
    }
    tcg_region_place(place);
}

/* Regions that are alike but for what is in them. */
static bool same_regions(const struct tcg_region_view *a, const struct tcg_region_view *b)
{
    return a->start == b->start && a->size == b->size && a->stride == b->stride && a->n == b->n &&
           a->prologue_size == b->prologue_size && a->n_ctxs == b->n_ctxs;
}

static bool fits_regions(const struct translations_head *head)
{
    const struct tcg_region_view *view = &head->view;
    bool fits = view->n <= TRANSLATIONS_REGIONS && view->current <= view->n;

    for (unsigned i = 0; i < TRANSLATIONS_REGIONS; i++) {
        fits = fits && head->used[i] <= (i < view->current ? view->stride - TRANSLATIONS_PAGE : 0);
    }
    for (unsigned i = 0; fits && i < view->n_ctxs; i++) {
        int32_t region = view->ctx_region[i];
        fits = region < 0 ||
               ((uint64_t)region < view->current &&
                view->ctx_offset[i] - (uint64_t)region * view->stride <= head->used[region]);
    }
    return fits;
}

static const char *why_not_here(const struct translations_head *head)
{
    struct tcg_region_view here;
    char memory[TRANSLATIONS_SHA256];

    translations_name_memory(memory);
    if (strncmp(head->program, from.program, sizeof(head->program)) != 0) {
        return "another program wrote them";
    }
    if (head->host != cpuinfo) {
        return "the host's CPU has other features";
    }
    if (strncmp(head->memory, memory, sizeof(memory)) != 0) {
        return "the machine's memory is another one";
    }
    if (!tcg_region_view(&here) || !same_regions(&head->view, &here) || !fits_regions(head)) {
        return "their place in the emulator's memory is taken, or is another one";
    }
    return tcg_nb_tbs() > 0 ? "the machine has run already" : NULL;
}

/* The same prologue at the same place: code that leaves a block jumps into it. */
static bool same_prologue(const struct translations_head *head, const uint8_t *file, uint64_t code)
{
    return head->used[0] >= head->view.prologue_size &&
           memcmp(head->view.start, file + code, head->view.prologue_size) == 0;
}

static bool map_code(const struct translations_head *head, uint64_t offset)
{
    for (unsigned i = 0; i < head->view.current; i++) {
        uint64_t size = translations_whole_pages(head->used[i]);
        if (size > 0 &&
            mmap(head->view.start + i * head->view.stride, size, PROT_READ | PROT_WRITE | PROT_EXEC,
                 MAP_PRIVATE | MAP_FIXED, from.fd, (off_t)offset) == MAP_FAILED) {
            return false;
        }
        offset += size;
    }
    return true;
}

static bool has_block(const struct translations_head *head, uint64_t offset)
{
    uint64_t region = offset / head->view.stride;

    return region < head->view.current &&
           offset - region * head->view.stride + sizeof(TranslationBlock) < head->used[region];
}

static bool fits_blocks(const struct translations_head *head, const struct tcg_kept_tb *blocks,
                        const struct translations_page *pages)
{
    uint64_t memory = page_limit();

    for (uint64_t i = 0; i < head->block_count; i++) {
        if (!has_block(head, (uint64_t)blocks[i].unit * CODE_GEN_ALIGN) ||
            (i > 0 && blocks[i].unit <= blocks[i - 1].unit)) {
            return false;
        }
    }
    for (uint64_t i = 0; i < head->page_count; i++) {
        if (pages[i].index >= memory ||
            !has_block(head, (pages[i].first & ~1ull) - (uintptr_t)head->view.start)) {
            return false;
        }
    }
    return true;
}

static void adopt(const struct translations_head *head, const int64_t *slots,
                  const struct tcg_kept_tb *blocks, const struct translations_page *pages)
{
    tb_adopt_room(head->block_count);
    for (uint64_t i = 0; i < head->block_count; i++) {
        tb_adopt(head->view.start + (uint64_t)blocks[i].unit * CODE_GEN_ALIGN, blocks[i].hash);
    }
    for (uint64_t i = 0; i < head->page_count; i++) {
        tb_adopt_page(pages[i].index, pages[i].first);
    }
    tcg_region_adopt(&head->view, slots, blocks, head->block_count);
}

static const char *adopt_file(void)
{
    const struct translations_head *head = &from.head;
    const struct translations_layout at = translations_lay_out(head);
    const char *why = why_not_here(head);
    const uint8_t *file;

    if (why) {
        return why;
    }
    /* What describes the blocks stays mapped. */
    file = mmap(NULL, at.code + TRANSLATIONS_PAGE, PROT_READ, MAP_PRIVATE, from.fd, 0);
    if (file == MAP_FAILED) {
        return "their file cannot be mapped";
    }
    if (!same_prologue(head, file, at.code) ||
        !fits_blocks(head, (const void *)(file + at.blocks), (const void *)(file + at.pages))) {
        return "their file is damaged";
    }
    if (!map_code(head, at.code)) {
        return "their file cannot be mapped to be executed";
    }
    adopt(head, (const void *)(file + at.slots), (const void *)(file + at.blocks),
          (const void *)(file + at.pages));
    return NULL;
}

const char *translations_adopt(void)
{
    const char *why = from.why_not ? from.why_not : adopt_file();

    if (from.fd >= 0) {
        close(from.fd);
        from.fd = -1;
    }
    g_clear_pointer(&from.program, g_free);
    from.why_not = "they are in use";
    return why;
}
