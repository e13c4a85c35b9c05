package io.skyferry.control.runs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GuardWordsTest {
    @Test
    void refusedTaskIsToldOfItsPlanAndItsFieldsAndNotOfOptionsOfACommand() {
        assertThat(GuardWords.ofTask("Deletes are held back: 5 of 8 files would go, and the limit is 2 files."
                        + " Say --max-delete 5 if this is right"))
                .isEqualTo("Deletes are held back: 5 of 8 files would go, and the limit is 2 files. If this is right,"
                        + " approve the plan, or set 'Most files deleted' of the task to 5");
        assertThat(GuardWords.ofTask("Nothing is replaced. Say --max-replace 3 if this is right"))
                .endsWith("set 'Most files replaced' of the task to 3");
    }

    @Test
    void whatNamesNoOptionStaysAsItIs() {
        assertThat(GuardWords.ofTask("The source is empty")).isEqualTo("The source is empty");
    }
}
