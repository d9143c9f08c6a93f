/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* GICv3: Arm IHI 0069. Generic timer: Arm DDI 0487, D12. PL011: Arm DDI 0183. */
#include "platform.h"

#define GICD_CTLR          0x08000000ull
#define GICD_CTLR_ON       0x12u /* ARE, EnableGrp1 */
#define GICR_WAKER         0x080a0014ull
#define GICR_WAKER_SLEEP   (1u << 1)
#define GICR_WAKER_ASLEEP  (1u << 2)
#define GICR_IGROUPR0      0x080b0080ull
#define GICR_ISENABLER0    0x080b0100ull
#define GICR_IPRIORITYR(n) (0x080b0400ull + (n))
#define PRIORITY           0x80u
#define TIMER_INTID        27u

#define UARTDR      0x09000000ull
#define UARTFR      0x09000018ull
#define UARTFR_RXFE (1u << 4)
#define UARTFR_TXFF (1u << 5)
#define UARTLCR_H   0x0900002cull
#define UARTCR      0x09000030ull
#define UARTIMSC    0x09000038ull
#define LCR_8N1     0x70u /* 8 bits, FIFOs on */
#define CR_ON       0x301u

#define CNTV_CTL_ENABLE 1u

static uint32_t read32(uint64_t address)
{
    uint32_t value;

    __asm__ volatile("ldr %w0, [%1]" : "=r"(value) : "r"(address) : "memory");
    return value;
}

static void write32(uint64_t address, uint32_t value)
{
    __asm__ volatile("str %w0, [%1]" ::"r"(value), "r"(address) : "memory");
}

static void gic_init(void)
{
    write32(GICD_CTLR, GICD_CTLR_ON);
    write32(GICR_WAKER, read32(GICR_WAKER) & ~GICR_WAKER_SLEEP);
    while (read32(GICR_WAKER) & GICR_WAKER_ASLEEP) {
        ;
    }
    write32(GICR_IGROUPR0, ~0u);
    write32(GICR_IPRIORITYR(TIMER_INTID & ~3u), PRIORITY * 0x01010101u);
    write32(GICR_ISENABLER0, 1u << TIMER_INTID);
    __asm__ volatile("msr S3_0_C12_C12_5, %0\n\t" /* ICC_SRE_EL1 */
                     "isb\n\t"
                     "msr S3_0_C4_C6_0, %1\n\t"   /* ICC_PMR_EL1 */
                     "msr S3_0_C12_C12_7, %2\n\t" /* ICC_IGRPEN1_EL1 */
                     "isb" ::"r"(7ull),
                     "r"(0xf0ull), "r"(1ull)
                     : "memory");
}

void platform_init(void)
{
    gic_init();
    write32(UARTIMSC, 0);
    write32(UARTLCR_H, LCR_8N1);
    write32(UARTCR, CR_ON);
}

uint64_t clock_frequency(void)
{
    uint64_t frequency;

    __asm__ volatile("mrs %0, cntfrq_el0" : "=r"(frequency));
    return frequency;
}

uint64_t clock_now(void)
{
    uint64_t now;

    __asm__ volatile("isb\n\tmrs %0, cntvct_el0" : "=r"(now)::"memory");
    return now;
}

/* Acknowledge and end, with the timer off, so that it is not pending again. */
static void end_interrupt(void)
{
    uint64_t intid;

    __asm__ volatile("msr cntv_ctl_el0, xzr\n\tisb" ::: "memory");
    __asm__ volatile("mrs %0, S3_0_C12_C12_0\n\tdsb sy" : "=r"(intid)::"memory"); /* ICC_IAR1 */
    if (intid == TIMER_INTID) {
        __asm__ volatile("msr S3_0_C12_C12_1, %0\n\tisb" ::"r"(intid) : "memory"); /* ICC_EOIR1 */
    }
}

uint64_t clock_wait(uint64_t deadline)
{
    uint64_t now;

    __asm__ volatile("msr cntv_cval_el0, %0\n\tmsr cntv_ctl_el0, %1\n\tisb" ::"r"(deadline),
                     "r"((uint64_t)CNTV_CTL_ENABLE)
                     : "memory");
    /* IRQs are masked: WFI ends when one is pending, without a trip through a vector. */
    do {
        __asm__ volatile("dsb sy\n\twfi" ::: "memory");
        now = clock_now();
    } while (now < deadline);
    end_interrupt();
    return now;
}

int console_get(void)
{
    return read32(UARTFR) & UARTFR_RXFE ? -1 : (int)(read32(UARTDR) & 0xff);
}

bool console_put(char c)
{
    if (read32(UARTFR) & UARTFR_TXFF) {
        return false;
    }
    write32(UARTDR, (uint8_t)c);
    return true;
}
