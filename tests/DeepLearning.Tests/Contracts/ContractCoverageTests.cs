namespace DeepLearning.Tests.Contracts;

/// <summary>
/// A public layer, loss, optimizer, schedule, regularizer, constraint, metric, initializer or callback that is missing from its table is found here.
/// </summary>
public sealed class ContractCoverageTests
{
    [Fact]
    public void Every_layer_is_in_LayerContract() => MissingFrom<Layer>(LayerContract.Rows.Select(r => r.Layer).Concat(MergeContract.Rows.Select(r => r.Layer))).Should().BeEmpty();

    [Fact]
    public void Every_loss_is_in_LossContract() => MissingFrom<Loss>(LossContract.Rows.Select(r => r.Make(default))).Should().BeEmpty();

    [Fact]
    public void Every_optimizer_is_in_OptimizerContract() => MissingFrom<Optimizer>(OptimizerContract.Rows.Select(r => r.Make(0f))).Should().BeEmpty();

    [Fact]
    public void Every_schedule_is_in_ScheduleContract() => MissingFrom<Schedule>(ScheduleContract.Rows.Select(r => r.Make())).Should().BeEmpty();

    [Fact]
    public void Every_regularizer_is_in_RegularizerContract()
        => MissingFrom<Regularizer>(RegularizerContract.Rows.Select(r => r.Regularizer)).Should().BeEmpty();

    [Fact]
    public void Every_constraint_is_in_ConstraintContract() => MissingFrom<Constraint>(ConstraintContract.Rows.Select(r => r.Constraint)).Should().BeEmpty();

    [Fact]
    public void Every_initializer_is_in_InitializerContract() => MissingFrom<Initializer>(InitializerContract.Rows.Select(r => r.Initializer)).Should().BeEmpty();

    [Fact]
    public void Every_metric_is_in_MetricContract() => MissingFrom<Metric>(MetricContract.Rows.Select(r => r.Metric)).Should().BeEmpty();

    [Fact]
    public void Every_callback_is_in_CallbackContract() => MissingFrom<Callback>(CallbackContract.Rows.Select(r => r.Make())).Should().BeEmpty();

    private static IEnumerable<string> MissingFrom<TPart>(IEnumerable<TPart> rows) where TPart : notnull
    {
        HashSet<Type> covered = [.. rows.Select(r => r.GetType())];
        return typeof(Layer).Assembly.GetExportedTypes()
            .Where(t => t.IsAssignableTo(typeof(TPart)) && !t.IsAbstract && !covered.Contains(t))
            .Select(t => t.Name);
    }
}
