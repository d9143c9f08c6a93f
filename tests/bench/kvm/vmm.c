/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * vmm GUEST.BIN: the least that runs our bare-metal guests on Linux's /dev/kvm: RAM, GICv3 in the
 * kernel, three vCPUs with PSCI, a UART of which every character is an exit to here. For the
 * figures of tests/bench/kvm.py; what is measured is the kernel's, this program sleeps meanwhile.
 *
 * Linux: Documentation/virt/kvm/api.rst, devices/arm-vgic-v3.rst.
 */
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <linux/kvm.h>
#include <pthread.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#define RAM_BASE  0x40000000ull
#define RAM_SIZE  (64ull << 20)
#define ENTRY     (RAM_BASE + 0x200000)
#define GICD_BASE 0x08000000ull
#define GICR_BASE 0x080a0000ull
#define UART_BASE 0x09000000ull
#define UARTDR    0x00
#define UARTCR    0x30
#define UARTCR_ON 0x301u
#define INTIDS    128
#define VCPUS     3

#define CORE_REG(name)                                     \
    (KVM_REG_ARM64 | KVM_REG_SIZE_U64 | KVM_REG_ARM_CORE | \
     (offsetof(struct kvm_regs, name) / sizeof(uint32_t)))

static int vm;
static int run_size; /* of struct kvm_run, bytes */
static int vcpu_fd[VCPUS];
static const unsigned host_cpu[VCPUS] = {0, 1, 0}; /* as tests/bench/micro/micro.ini */

static int ask(int fd, unsigned long request, void *argument, const char *what)
{
    int result = ioctl(fd, request, argument);

    if (result < 0) {
        err(1, "%s", what);
    }
    return result;
}

static void set_attribute(int gic, uint32_t group, uint64_t which, void *value)
{
    struct kvm_device_attr attribute = {
        .group = group, .attr = which, .addr = (uint64_t)(uintptr_t)value};

    ask(gic, KVM_SET_DEVICE_ATTR, &attribute, "vGIC");
}

static void make_gic(void)
{
    struct kvm_create_device device = {.type = KVM_DEV_TYPE_ARM_VGIC_V3};
    uint64_t gicd = GICD_BASE, gicr = GICR_BASE;
    uint32_t intids = INTIDS;

    ask(vm, KVM_CREATE_DEVICE, &device, "KVM_CREATE_DEVICE");
    set_attribute((int)device.fd, KVM_DEV_ARM_VGIC_GRP_ADDR, KVM_VGIC_V3_ADDR_TYPE_DIST, &gicd);
    set_attribute((int)device.fd, KVM_DEV_ARM_VGIC_GRP_ADDR, KVM_VGIC_V3_ADDR_TYPE_REDIST, &gicr);
    set_attribute((int)device.fd, KVM_DEV_ARM_VGIC_GRP_NR_IRQS, 0, &intids);
    set_attribute((int)device.fd, KVM_DEV_ARM_VGIC_GRP_CTRL, KVM_DEV_ARM_VGIC_CTRL_INIT, NULL);
}

static void make_ram(const char *path)
{
    uint8_t *ram = mmap(NULL, RAM_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    struct kvm_userspace_memory_region region = {.guest_phys_addr = RAM_BASE,
                                                 .memory_size = RAM_SIZE,
                                                 .userspace_addr = (uint64_t)(uintptr_t)ram};
    FILE *file = fopen(path, "rb");

    if (ram == MAP_FAILED || !file) {
        err(1, "%s", path);
    }
    if (!fread(ram + (ENTRY - RAM_BASE), 1, RAM_SIZE - (ENTRY - RAM_BASE), file)) {
        errx(1, "%s: empty", path);
    }
    fclose(file);
    ask(vm, KVM_SET_USER_MEMORY_REGION, &region, "KVM_SET_USER_MEMORY_REGION");
}

static void make_vcpu(unsigned number)
{
    struct kvm_vcpu_init init;

    vcpu_fd[number] = ask(vm, KVM_CREATE_VCPU, (void *)(uintptr_t)number, "KVM_CREATE_VCPU");
    ask(vm, KVM_ARM_PREFERRED_TARGET, &init, "KVM_ARM_PREFERRED_TARGET");
    init.features[0] |= 1u << KVM_ARM_VCPU_PSCI_0_2;
    if (number > 0) {
        init.features[0] |= 1u << KVM_ARM_VCPU_POWER_OFF;
    }
    ask(vcpu_fd[number], KVM_ARM_VCPU_INIT, &init, "KVM_ARM_VCPU_INIT");
}

static void set_entry(void)
{
    uint64_t entry = ENTRY;
    struct kvm_one_reg pc = {.id = CORE_REG(regs.pc), .addr = (uint64_t)(uintptr_t)&entry};

    ask(vcpu_fd[0], KVM_SET_ONE_REG, &pc, "KVM_SET_ONE_REG");
}

/* Any other register of the UART, and any other address, reads as zero. */
static void access_uart(struct kvm_run *run)
{
    uint32_t value = run->mmio.phys_addr == UART_BASE + UARTCR ? UARTCR_ON : 0;

    if (!run->mmio.is_write) {
        memcpy(run->mmio.data, &value, sizeof(value));
    } else if (run->mmio.phys_addr == UART_BASE + UARTDR) {
        putchar(run->mmio.data[0]);
    }
}

static void pin(unsigned cpu)
{
    cpu_set_t set;

    CPU_ZERO(&set);
    CPU_SET(cpu, &set);
    if (sched_setaffinity(0, sizeof(set), &set)) {
        err(1, "CPU %u", cpu);
    }
}

static void *run_vcpu(void *opaque)
{
    unsigned number = (unsigned)(uintptr_t)opaque;
    struct kvm_run *run =
        mmap(NULL, (size_t)run_size, PROT_READ | PROT_WRITE, MAP_SHARED, vcpu_fd[number], 0);

    if (run == MAP_FAILED) {
        err(1, "vCPU %u", number);
    }
    pin(host_cpu[number]);
    for (;;) {
        ask(vcpu_fd[number], KVM_RUN, NULL, "KVM_RUN");
        if (run->exit_reason == KVM_EXIT_MMIO) {
            access_uart(run);
        } else if (run->exit_reason == KVM_EXIT_SYSTEM_EVENT) {
            exit(0);
        } else {
            errx(1, "vCPU %u: exit reason %u", number, run->exit_reason);
        }
    }
}

int main(int argc, char **argv)
{
    int kvm = open("/dev/kvm", O_RDWR | O_CLOEXEC);
    pthread_t thread;

    if (argc != 2) {
        errx(2, "usage: vmm GUEST.BIN");
    }
    if (kvm < 0) {
        err(1, "/dev/kvm");
    }
    setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
    run_size = ask(kvm, KVM_GET_VCPU_MMAP_SIZE, NULL, "KVM_GET_VCPU_MMAP_SIZE");
    vm = ask(kvm, KVM_CREATE_VM, NULL, "KVM_CREATE_VM");
    make_ram(argv[1]);
    for (unsigned i = 0; i < VCPUS; i++) {
        make_vcpu(i);
    }
    make_gic();
    set_entry();
    for (unsigned i = 1; i < VCPUS; i++) {
        if (pthread_create(&thread, NULL, run_vcpu, (void *)(uintptr_t)i)) {
            errx(1, "no thread");
        }
    }
    run_vcpu(NULL);
}
