using System.Numerics;
using System.Reflection;
using MathNet.Numerics;
using MathNet.Numerics.Providers.LinearAlgebra;

namespace DeepLearning.Tests.LinearAlgebra;

/// <summary>The provider by itself: what it passes on, and what it refuses. It is not installed here.</summary>
public sealed class AcceleratedLinearAlgebraTests
{
    private readonly ILinearAlgebraProvider managed = new ManagedLinearAlgebraProvider();
    private readonly AcceleratedLinearAlgebra accelerated = new(new ManagedLinearAlgebraProvider());

    /// <summary>x [2, 3] · y [3, 2]; each row has one thing wrong.</summary>
    public static TheoryData<int, int, int, int, int, int, int> WrongProducts => new()
    {
        { 6, 2, 3, 6, 2, 3, 4 }, { 7, 2, 3, 6, 3, 2, 4 }, { 5, 2, 3, 6, 3, 2, 4 }, { 6, 2, 3, 5, 3, 2, 4 }, { 6, 2, 3, 7, 3, 2, 4 },
        { 6, 2, 3, 6, 3, 2, 5 }, { 6, 2, 3, 6, 3, 2, 3 }, { 0, 65536, 65536, 0, 65536, 65536, 0 },
    };

    [Theory]
    [InlineData(typeof(float))]
    [InlineData(typeof(double))]
    [InlineData(typeof(Complex32))]
    [InlineData(typeof(Complex))]
    public void All_but_products_of_float_matrices_is_passed_on(Type element)
    {
        var recorder = (Recorder)(object)DispatchProxy.Create<ILinearAlgebraProvider, Recorder>();
        var provider = new AcceleratedLinearAlgebra((ILinearAlgebraProvider)(object)recorder);
        MethodInfo[] methods = typeof(ILinearAlgebraProvider<>).MakeGenericType(element).GetMethods();
        methods.Should().HaveCountGreaterThan(25);
        foreach (MethodInfo method in methods)
        {
            if (element == typeof(float) && method.Name.StartsWith("MatrixMultiply", StringComparison.Ordinal)) continue;
            object?[] arguments = [.. method.GetParameters().Select((p, i) => Argument(p.ParameterType, i + 1))];

            method.Invoke(provider, arguments);

            recorder.Method.Should().BeSameAs(method);
            recorder.Arguments.Should().Equal(arguments, ReferenceEqualsOrEquals, "{0} passes its arguments on in their order", method.Name);
        }
    }

    [Fact]
    public void Checks_and_release_of_the_provider_beneath_are_passed_on()
    {
        var recorder = (Recorder)(object)DispatchProxy.Create<ILinearAlgebraProvider, Recorder>();
        var provider = new AcceleratedLinearAlgebra((ILinearAlgebraProvider)(object)recorder);

        provider.InitializeVerify();
        recorder.Method!.Name.Should().Be("InitializeVerify");
        provider.FreeResources();
        recorder.Method.Name.Should().Be("FreeResources");
        provider.IsAvailable().Should().BeFalse("the recorder answers default values");
    }

    [Theory]
    [MemberData(nameof(WrongProducts))]
    public void Wrong_dimensions_and_lengths_throw_before_anything_changes(int x, int rowsX, int columnsX, int y, int rowsY, int columnsY, int result)
    {
        float[] c = [.. Enumerable.Repeat(9f, result)];
        Action product = () => accelerated.MatrixMultiply(new float[x], rowsX, columnsX, new float[y], rowsY, columnsY, c);
        Action update = () => accelerated.MatrixMultiplyWithUpdate(
            Transpose.Transpose, Transpose.ConjugateTranspose, 0f, new float[x], columnsX, rowsX, new float[y], columnsY, rowsY, 0f, c);

        product.Should().Throw<ArgumentOutOfRangeException>();
        update.Should().Throw<ArgumentOutOfRangeException>();
        c.Should().NotContain(v => v != 9f);
    }

    [Fact]
    public void A_fault_says_what_was_expected_and_what_came()
    {
        FluentActions.Invoking(() => accelerated.MatrixMultiply(new float[6], 2, 3, new float[8], 4, 2, new float[4])).Should()
            .Throw<ArgumentOutOfRangeException>().WithParameterName("rowsY").WithMessage("*3 columns*4*");
        FluentActions.Invoking(() => accelerated.MatrixMultiply(new float[6], 2, 3, new float[5], 3, 2, new float[4])).Should()
            .Throw<ArgumentOutOfRangeException>().WithParameterName("y").WithMessage("*3 × 2*y has 5*");
        FluentActions.Invoking(() => accelerated.MatrixMultiply(new float[6], -2, -3, new float[6], -3, -2, new float[4])).Should()
            .Throw<ArgumentOutOfRangeException>().WithParameterName("x");
    }

    [Fact]
    public void Fault25_null_arrays_are_named_as_MathNet_names_them()
    {
        float[] v = new float[4];
        foreach (ILinearAlgebraProvider provider in new[] { managed, accelerated })
        {
            NameOf(() => provider.MatrixMultiply(null, 2, 2, v, 2, 2, v)).Should().Be("x");
            NameOf(() => provider.MatrixMultiply(v, 2, 2, null, 2, 2, v)).Should().Be("y");
            NameOf(() => provider.MatrixMultiply(v, 2, 2, v, 2, 2, null)).Should().Be("result");
            NameOf(() => Update(provider, null, v, v)).Should().Be("a");
            NameOf(() => Update(provider, v, null, v)).Should().Be("b");
            NameOf(() => Update(provider, v, v, null)).Should().Be("c");
        }
    }

    [Theory]
    [InlineData(Transpose.DontTranspose)]
    [InlineData(Transpose.Transpose)]
    [InlineData(Transpose.ConjugateTranspose)]
    [InlineData((Transpose)0)]
    public void Each_kind_of_transposition_means_what_it_means_to_MathNet(Transpose transpose)
    {
        // Small whole numbers: every sum is exact, so the two must agree to the bit.
        float[] a = [1, 2, 3, 4, 5, 6], b = [7, -8, 9, 1, 2, -3], expected = [1, 2, 3, 4], actual = [1, 2, 3, 4];
        bool flip = transpose != Transpose.DontTranspose;
        foreach ((ILinearAlgebraProvider provider, float[] c) in new (ILinearAlgebraProvider, float[])[] { (managed, expected), (accelerated, actual) })
            provider.MatrixMultiplyWithUpdate(transpose, transpose, 2f, a, flip ? 3 : 2, flip ? 2 : 3, b, flip ? 2 : 3, flip ? 3 : 2, 3f, c);

        actual.Should().Equal(expected);
    }

    private static string? NameOf(Action action) => FluentActions.Invoking(action).Should().Throw<ArgumentNullException>().Which.ParamName;

    private static void Update(ILinearAlgebraProvider provider, float[]? a, float[]? b, float[]? c)
        => provider.MatrixMultiplyWithUpdate(Transpose.DontTranspose, Transpose.DontTranspose, 1f, a, 2, 2, b, 2, 2, 0f, c);

    private static bool ReferenceEqualsOrEquals(object? x, object? y) => x is Array ? ReferenceEquals(x, y) : Equals(x, y);

    /// <summary>A value of the type that is another at each place, so that a swap is seen.</summary>
    private static object Argument(Type type, int place)
    {
        if (type.IsArray) return Array.CreateInstance(type.GetElementType()!, place);
        if (type.IsEnum) return Enum.ToObject(type, place);
        if (type == typeof(Complex)) return new Complex(place, 1);
        return type == typeof(Complex32) ? new Complex32(place, 1) : Convert.ChangeType(place, type, null);
    }

    /// <summary>A provider that only remembers its last call.</summary>
    public class Recorder : DispatchProxy
    {
        public MethodInfo? Method { get; private set; }

        public object?[] Arguments { get; private set; } = [];

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            (Method, Arguments) = (targetMethod, args ?? []);
            return targetMethod!.ReturnType == typeof(void) ? null : Activator.CreateInstance(targetMethod.ReturnType);
        }
    }
}
