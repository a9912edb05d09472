package org.sftoolkit.camel.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.client.WriteAnswer;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.ApiError;
import org.sftoolkit.camel.error.AuthenticationException;
import org.sftoolkit.camel.error.NotFoundException;
import org.sftoolkit.camel.error.RequestRejectedException;
import org.sftoolkit.camel.error.SandboxRequiredException;
import org.sftoolkit.camel.error.TransportException;
import org.sftoolkit.camel.model.SaveError;
import org.sftoolkit.camel.model.SaveResult;

/** What a request that failed, or some of whose rows did, means for its records. */
class RefusedBatchTest {

    private static final ApiError LOCK = new ApiError("UNABLE_TO_LOCK_ROW", "locked", List.of());
    private static final ApiError RULE = new ApiError("FIELD_CUSTOM_VALIDATION_EXCEPTION", "no", List.of("Name"));
    private static final ApiError ROLLED_BACK = new ApiError("ALL_OR_NONE_OPERATION_ROLLED_BACK", "undone", List.of());

    private static WriteAnswer failed(ApiError... errors) {
        return new WriteAnswer(null, false, null, List.of(errors));
    }

    private static final WriteAnswer DONE = new WriteAnswer("001000000000001AAA", true, true, List.of());

    @Test
    void aRowPassesIfAllItsErrorsDo() {
        assertThat(RowRetry.passes(failed(LOCK))).isTrue();
        assertThat(RowRetry.passes(failed(LOCK, RULE))).isFalse();
        assertThat(RowRetry.passes(failed())).as("without a reason").isFalse();
        assertThat(RowRetry.passes(DONE)).isFalse();
        assertThat(RowRetry.passes(new WriteAnswer("001000000000001AAA", true, true, List.of(LOCK))))
                .as("a success is not sent again")
                .isFalse();
    }

    @Test
    void aRequestThatWasRolledBackPassesIfAllThatCausedItDo() {
        assertThat(RowRetry.wholePasses(List.of(failed(ROLLED_BACK), failed(LOCK))))
                .isTrue();
        assertThat(RowRetry.wholePasses(List.of(failed(LOCK), failed(RULE)))).isFalse();
        assertThat(RowRetry.wholePasses(List.of(failed(ROLLED_BACK), failed(ROLLED_BACK))))
                .as("nobody knows why")
                .isFalse();
        assertThat(RowRetry.wholePasses(List.of(DONE, DONE))).isFalse();
        assertThat(RowRetry.wholePasses(List.of(DONE, failed(LOCK)))).isTrue();
    }

    private static Answer answer(ApiError... errors) {
        return new Answer(400, List.of(errors), "POST /composite/sobjects");
    }

    @Test
    void eachRecordGetsTheErrorsOfItsRequest() {
        SaveResult result = BatchFailure.result(
                3, "001000000000001AAA", new RequestRejectedException("refused", answer(RULE)), "given");
        assertThat(result.index()).isEqualTo(3);
        assertThat(result.id()).isEqualTo("001000000000001AAA");
        assertThat(result.record()).isEqualTo("given");
        assertThat(result.success()).isFalse();
        assertThat(result.errors())
                .containsExactly(new SaveError("FIELD_CUSTOM_VALIDATION_EXCEPTION", "no", List.of("Name"), false));
    }

    @Test
    void theRequestDecidesWhetherItsRecordsMayBeSentAgain() {
        var lost = new TransportException("cut", "POST /x", true, false, null);
        assertThat(BatchFailure.errors(lost)).singleElement().satisfies(error -> {
            assertThat(error.statusCode()).isEqualTo("TransportException");
            assertThat(error.message()).contains("cut", "unknown whether");
            assertThat(error.retryable()).isFalse();
        });
        assertThat(BatchFailure.errors(new TransportException("refused", "POST /x", false, false, null)))
                .singleElement()
                .satisfies(error -> assertThat(error.retryable()).isTrue());
        assertThat(BatchFailure.errors(new RequestRejectedException("no", answer(LOCK))))
                .singleElement()
                .satisfies(error -> assertThat(error.retryable())
                        .isEqualTo(new RequestRejectedException("no", answer(LOCK)).retryable()));
    }

    @Test
    void anObjectThatDoesNotExistIsNamedByTheWholeRequest() {
        var gone = new NotFoundException("there is no Foo__c", answer(new ApiError("X", "no", List.of())));
        assertThat(BatchFailure.errors(gone)).singleElement().satisfies(error -> {
            assertThat(error.statusCode()).isEqualTo("NOT_FOUND");
            assertThat(error.message()).contains("there is no Foo__c");
            assertThat(error.retryable()).isFalse();
        });
    }

    @Test
    void aFailureOfAnotherFamilyIsAnUnknownError() {
        assertThat(BatchFailure.errors(new IllegalStateException()))
                .containsExactly(new SaveError("UNKNOWN", "null", List.of(), false));
    }

    private static SaveResultCollector results() {
        return new SaveResultCollector(1, true);
    }

    @Test
    void aRefusedLoginEndsAListOfWhichNothingWasWritten() {
        var refused = new AuthenticationException("no", "invalid_grant", Answer.NONE);
        var production = new SandboxRequiredException("no", "POST /x", null);
        assertThat(BatchFailure.endsAll(refused, results()).cause()).isSameAs(refused);
        assertThat(BatchFailure.endsAll(production, results()).cause()).isSameAs(production);
        assertThat(BatchFailure.endsAll(new IllegalStateException(), results()).succeeded())
                .isTrue();

        var some = results();
        some.set(SaveResult.written(0, "001000000000001AAA", true, null));
        assertThat(BatchFailure.endsAll(refused, some).succeeded())
                .as("what was written must be reported")
                .isTrue();
    }
}
